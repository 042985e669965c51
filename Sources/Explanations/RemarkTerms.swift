/// The Chinese of the remarks that the built-in rulebooks make in English: readings (解釋) where their sources leave
/// something open, and notes.
///
/// They stand here and not in the rulebooks, whose digests are those of the rules and do not change with a translation. A
/// remark of somebody's own rulebook is shown as it was written.
package enum RemarkTerms {
    /// The remark in a language.
    package static func text(_ remark: String, _ language: Language) -> String {
        language == .chinese ? chinese[remark] ?? remark : remark
    }

    /// By the English as the rulebooks have it; a test holds that none is missing and none left over.
    static let chinese: [String: String] = parameters.merging(clauses) { first, _ in first }

    private static let parameters: [String: String] = [
        "Classes of takeoff and careService are assessed by the clauses of 產業人才投資方案 (TIP-01 to TIP-19) too.":
            "起飛計畫與照顧服務員班次亦依產業人才投資方案各條（TIP-01 至 TIP-19）審核。",
        "T8 leaves the groups added by order to Employment Service Act art. 24 I (10); here they are the new residents, victims of sexual assault and youth of SEMI 二(二)11.":
            "T8 未列舉依就業服務法第 24 條第 1 項第 10 款公告增列之對象；此處採 SEMI 二（二）11 之新住民、性侵害被害人與青少年。",
        "The allowance table of ROC 114-12 (COFFEE 津貼表13, 14) adds two groups under the same article; taken over here from the first of that month.":
            "114 年 12 月版津貼表（COFFEE 津貼表 13、14）依同條增列二類對象；此處自該月 1 日起採用。",
        "U2 names 通過 and says or better; the better grades are those that certificates bear, and the English words are ours.":
            "U2 規定「通過」以上；以上之等級依證書所載，英文為本系統用語。",
        "U2 names 通過 and 合格 and says or better for both editions together, so either grade does on either; the better grades are those that certificates bear, and the English words are ours.":
            "U2 就兩種版別併列「通過」、「合格」以上，故任一版別任一等級均可；以上之等級依證書所載，英文為本系統用語。",
        "注意事項(十) forbids any insurance during the class, 附註一(二) allows some with an affidavit; the stricter rule is taken for the local government's own classes, the other one for the rest.":
            "注意事項（十）禁止受訓期間投保，附註一（二）則容許切結後之部分投保；地方政府自辦班次從嚴，其餘依附註。",
        "COFFEE does not limit whose classes count, so for a local government's class all do.":
            "COFFEE 未限定計入何機關之班次，故地方政府班次全數計入。",
        "SEMI's table knows no delivery that is free for everybody.": "SEMI 之表未列全體免費之辦理方式。",
        "COFFEE's list bears no date of its own; it is taken to hold for classes that start in ROC 115 or later.":
            "COFFEE 之清單未載日期；視為適用於 115 年以後開訓之班次。",
        "Compared exactly; only the limit for leave is printed in whole hours.": "以精確值比較；僅請假上限係以整數時數印載。",
        "The same words since the amendment of 2015-12-31 at least.": "至遲自 104 年 12 月 31 日修正起，文字相同。",
        "No document says when daytime is; 08:00 to 18:00 is taken.": "文件未定義日間；採 08:00 至 18:00。",
        "Article 29 until the full amendment of 2020-01-08.": "109 年 1 月 8 日全文修正前為第 29 條。",
        "SEMI does not say it; the exception is applied to its classes too, and fault is not tested.":
            "SEMI 未載；此例外亦適用於其班次，且不審究可否歸責。",
        "The document prints the allowance of ROC 111, 15,150, which is 60 % of 25,250; WAGE-2023 gives the wage itself.":
            "文件載 111 年津貼 15,150 元，即 25,250 元之百分之六十；基本工資數額依 WAGE-2023。",
        "SEMI explains the other allowances of the same nature as the insurance's training allowance only.":
            "SEMI 所稱其他同性質津貼，僅指就業保險之職業訓練生活津貼。",
        "The consent form counts other allowances of the same nature beside the two; its table's note 5 names the two only. The table is marked ROC 114-12 without a day; the first of that month is taken.":
            "同意書於二種津貼外並計其他同性質津貼，表之註 5 則僅列二種。該表標示 114 年 12 月而無日期，以該月 1 日計。",
        "Article 33 until the full amendment of 2020-01-08.": "109 年 1 月 8 日全文修正前為第 33 條。",
        "SEMI's list is taken to hold for classes before ROC 111 too, and until COFFEE's.":
            "SEMI 之清單視為亦適用於 111 年前之班次，至 COFFEE 之清單適用時止。",
        "SEMI's list is taken to hold for classes before ROC 111 too, and until COFFEE's table.":
            "SEMI 之清單視為亦適用於 111 年前之班次，至 COFFEE 之表適用時止。",
        "The table is marked ROC 114-12 without a day; the first of that month is taken.":
            "該表標示 114 年 12 月而無日期，以該月 1 日計。",
        "The note says before 111/6/30; a class that starts on that day, the last of the programme, is taken to be in it.":
            "註記載「111/6/30 前」；於計畫末日當日開訓者視為在內。",
        "No calendar before 2026 is recorded; only Saturdays and Sundays are skipped.":
            "未收錄 115 年前之行事曆；僅扣除星期六、日。",
        "COFFEE's timetable confirms 2026-06-19; the other days rest on the copy of the government's calendar alone.":
            "115 年 6 月 19 日經 COFFEE 課表印證；其餘日期僅依行政機關辦公日曆表之抄本。",
        "No calendar from 2027 on is recorded; only Saturdays and Sundays are skipped.":
            "未收錄 116 年以後之行事曆；僅扣除星期六、日。",
        "Also for classes before ROC 111. The categories are SEMI's; SEMI prints few papers, so each row wants the common and own papers of COFFEE's table (LIV-12), a new resident's permit standing for the ID card, and besides the bank book that SEMI wants for payment.":
            "亦適用於 111 年前之班次。身分類別依 SEMI；SEMI 所載文件甚少，故各列採 COFFEE 表之共通與個別文件（LIV-12），新住民以居留證代身分證，另加 SEMI 請款所需之存摺。",
        "Row 11 asks for the guardian's signature on the forms, which is no paper of its own; row 13 asks for an identity document of any kind, so its holders need no national ID card. The table is marked ROC 114-12 without a day; the first of that month is taken.":
            "第 11 列所需為監護人於表單簽名，非獨立文件；第 13 列所需為任一身分證明，故無須國民身分證。該表標示 114 年 12 月而無日期，以該月 1 日計。",
        "Also for classes before ROC 111. Row 1's proof of separation is what the referral letter is issued on, so it is wanted only without one; a registered homeless person satisfies row 21; row 24 leaves its papers to its own rules.":
            "亦適用於 111 年前之班次。第 1 列之離職證明為開立推介單之依據，有推介單者免附；列冊街友符合第 21 列；第 24 列之文件依其專屬規定。",
        "Row 1's proof of separation is what the referral letter is issued on, so it is wanted only without one; row 21 names the homeless; row 25 leaves its papers to its own rules. COFFEE's list bears no date of its own; it is taken to hold for classes that start in ROC 115 or later.":
            "第 1 列之離職證明為開立推介單之依據，有推介單者免附；第 21 列載明遊民；第 25 列之文件依其專屬規定。COFFEE 之清單未載日期，視為適用於 115 年以後開訓之班次。",
        "The news item is dated twelve days after the day it names.": "該則新聞之日期較其所載之日晚十二日。",
    ]

    private static let clauses: [String: String] = [
        "No document says how to round; rounding the government's share down never pays more than the rate.":
            "文件未定捨入方式；政府負擔部分無條件捨去，不致逾越補助比率。",
        "No document says how years are counted backwards; if the earlier year has no such day, the last day of that month is taken.":
            "文件未定往前計算年數之方式；往前之年無相當日者，以該月末日計。",
        "A person born on 29 February completes a year on 1 March; the ends of the ranges and the start day of the class for late joiners too are ours, since the documents give ages in words only.":
            "2 月 29 日出生者於 3 月 1 日滿歲；年齡區間之端點，以及遲到報到者亦以開訓日計，為本系統之解釋，文件僅以文字載明年齡。",
        "PRE-12 also wants the certification made by the start day, TIP-08 and LIV-02 look at validity on the start day only; a conditional paper is wanted only where events show its condition, and one category with complete papers suffices.":
            "PRE-12 另須於開訓日前完成身分認定，TIP-08 與 LIV-02 僅視開訓日是否有效；附條件之文件僅於紀錄顯示其條件時為必備，任一身分文件齊備即足。",
        "T8 leaves the groups added by order open: new residents, victims of sexual assault and youth are taken from SEMI's list, occupational injury and registered homeless from the table of ROC 114-12 for starts from its date. Papers are not tested.":
            "T8 未列舉公告增列之對象：新住民、性侵害被害人與青少年採 SEMI 之清單；職業災害與列冊街友採 114 年 12 月之表，自該表日期起開訓者適用。不審查文件。",
        "T17 speaks of the payment after closing; the closing papers are taken as that moment.":
            "T17 所指為結訓後之撥款；以結訓文件送達為準。",
        "Taking part means an enrolment that started in a subsidised seat with TIP-04 to TIP-06 not failing, paid or not; a class belongs to the window that holds its start day, whenever it is paid.":
            "參訓指於補助名額報到且 TIP-04 至 TIP-06 無不符者，不論是否已撥款；班次歸屬於其開訓日所在之期間，不論何時撥款。",
        "T15 speaks of the last class only; the order is ours, so that no payment already made is taken back for a later one.":
            "T15 僅就最後一班而言；順序為本系統之解釋，以免因後班次追回已撥款項。",
        "Halves and fifths of seats round down; the document gives even examples only.":
            "名額之二分之一與五分之一無條件捨去；文件僅載整除之例。",
        "COFFEE forbids any insurance during the class in one place and allows some in another; the strict rule is taken for local governments' classes, the affidavit for the rest.":
            "COFFEE 一處禁止受訓期間投保，另處容許部分投保；地方政府班次從嚴，其餘得以切結辦理。",
        "The history counted is the agency's own, commissioned and subsidised classes (SEMI); COFFEE sets no limit, so for a local government's class all count.":
            "計入之參訓紀錄為勞動力發展署自辦、委託及補助班次（SEMI）；COFFEE 未設限，故地方政府班次全數計入。",
        "Who ties in both is ranked by the order of application.": "二項成績均同者，依報名先後排序。",
        "The document rounds the leave limit to 15 of 156 hours; truancy is compared exactly.":
            "文件將 156 小時之請假上限取為 15 小時；曠課以精確值比較。",
        "Weeks and months are averages over the class, since a single week with a holiday would otherwise unmake it (COFFEE week 3), and daytime is 08:00 to 18:00.":
            "每週、每月時數以全期平均計，否則單週遇假日即不符（COFFEE 第 3 週）；日間為 08:00 至 18:00。",
        "Known after the start means that the certifying event is later than the start day; fault is not tested, and SEMI does not say the exception.":
            "開訓後始知悉，指認定紀錄晚於開訓日；不審究可否歸責，SEMI 亦未載此例外。",
        "Insured or at work on the start day refuses; beginning during the class, participation counts to the day before.":
            "開訓日在保或工作者不予發給；於訓練期間始投保或工作者，計至前一日。",
        "The wage is the one in force on the first day of each 30-day month; no document says which holds when it changes within one.":
            "基本工資以每 30 日之月首日有效者計；月中調整時適用何者，文件未定。",
        "The hours of the remainder are the scheduled hours that fall in its days.": "畸零日數之時數，為排定於該等日之訓練時數。",
        "A benefit recorded with its half-months and no last day lasts as long as they do, laid from its first day in 30-day months as in LIV-09; with neither it is taken to run on.":
            "給付載有半月數而無迄日者，自首日起依 LIV-09 以 30 日為一月計其期間；二者均無者視為持續中。",
        "Drawn half-months are laid from the benefit's first day in 30-day months, each counting by its own first day unless revoked in full; other allowances count by COFFEE's consent form and not by SEMI.":
            "已領半月自給付首日起以 30 日為一月排列，除全數撤銷者外，各依其首日計入；其他津貼依 COFFEE 同意書計入，SEMI 則否。",
        "The papers of COFFEE's table are wanted for classes of SEMI's time too; papers of the certifications held on the start day and of every application for the class count together.":
            "SEMI 時期之班次亦須 COFFEE 表所列文件；開訓日有效之身分認定與該班次各次申請所附文件併計。",
        "The note pays after a full month; the as-of day is that of the last recorded event and never of the clock.":
            "註記規定滿一個月後發給；基準日為最後一筆紀錄之日，不以系統時鐘為準。",
        "The document says all or part; all is refused. The same cause is a living allowance for the same class, or another training allowance that overlaps it.":
            "文件載「全部或一部」，此處全部不予發給。同一事由，指同一班次之生活津貼，或期間重疊之其他訓練津貼。",
        "Applies by the start day of the class; how a window opened before 2025 is counted is not said.":
            "依開訓日適用；114 年前起算之期間如何計算，文件未定。",
    ]
}
