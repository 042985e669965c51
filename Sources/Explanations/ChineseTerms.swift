/// The field's Chinese words for event types, keys of facts and data, and codes, for human output.
///
/// What has no word here is shown as the contract spells it.
enum ChineseTerms {
    /// What a clause lacks, where the word differs from that of the fact or code.
    static let lacks: [String: String] = [
        "remainderDays": "畸零日數", "remainderMinutes": "畸零日之訓練分鐘", "daysCounted": "可計入之參訓日數",
        "withdrawal": "先退出時間重疊之班次", "unemployed": "失業狀態（查有在保或工作）", "courses": "計入之參訓紀錄次數",
        "insuredOnStartDay": "開訓日在保之就業保險、勞工保險或農民健康保險", "unmarkedInsurance": "無註記之在職投保",
        "category": "得請領之特定對象身分", "employmentInsuranceFirst": "應先請領就業保險職業訓練生活津貼",
        "neitherInsuredNorAtWork": "開訓日仍在保或工作", "application": "有效之報名", "attendedAllParts": "各項甄試均到考",
        "points": "甄試總分", "came": "到場人數", "seats": "名額", "employerSeats": "同一單位名額", "submittedAt": "報名時間",
        "submittedOn": "報名日", "selection.scored": "甄試成績", "sameNature": "已領同性質補助", "inspection": "接受查對",
        "falseClaim": "曾不實申領", "ttqs": "TTQS證書", "certificateEdition": "TTQS證書版別", "certificateGrade": "TTQS評核等級",
        "certificateTo": "TTQS證書有效迄日", "yearsFounded": "設立年數", "noArrears": "無積欠勞工保險費",
        "reviewGrade": "審查計分等級", "kind": "單位種類", "notWorking": "確實無工作之切結書", "class.scheduled": "課表",
        "revokedAs": "原核定經撤銷", "certificate": "結訓證書", "insuranceStatement": "投保明細表", "seat": "名額已滿，備取至",
        "survey": "意見調查表",
    ]

    static let eventTypes: [String: String] = [
        "unit.registered": "訓練單位登記", "unit.amended": "訓練單位變更", "class.approved": "班次核定",
        "class.amended": "班次變更", "class.scheduled": "課表", "class.cancelled": "班次停辦", "class.closed": "結訓作業完成",
        "trainee.registered": "學員登記", "trainee.amended": "學員資料變更", "trainee.linked": "併為同一人",
        "trainee.unlinked": "解除同一人", "trainee.erased": "個資刪除", "hold.placed": "保全", "hold.released": "解除保全",
        "identity.certified": "身分認定", "identity.revoked": "身分撤銷", "affidavit.filed": "切結",
        "insurance.verified": "投保查核", "jobSearch.registered": "求職登記", "work.reported": "工作通報",
        "referral.issued": "推介", "benefit.recorded": "其他給付", "application.submitted": "報名",
        "application.withdrawn": "取消報名", "application.refused": "報名不符", "selection.scored": "甄試成績",
        "enrolment.admitted": "錄訓", "fee.paid": "繳費", "fee.refunded": "退費", "enrolment.started": "報到",
        "enrolment.forfeited": "棄權", "leave.requested": "請假", "leave.approved": "准假", "leave.rejected": "不准假",
        "attendance.recorded": "出席登錄", "enrolment.withdrawn": "離訓", "enrolment.expelled": "退訓",
        "enrolment.completed": "結訓", "survey.submitted": "意見調查", "allowance.applied": "申請津貼補助",
        "payout.made": "撥款", "payout.revoked": "撤銷", "repayment.received": "繳回", "enforcement.referred": "移送執行",
        "inspection.evaded": "規避查對", "complaint.filed": "陳情", "appeal.filed": "訴願", "appeal.decided": "訴願決定",
        "decision.issued": "通知決定", "rulebook.adopted": "採用規則", "event.retracted": "撤回登錄",
    ]

    static let keys: [String: String] = [
        "absentMinutes": "缺課分鐘", "absentMinutesLimit": "缺課上限分鐘", "absentBeforeJoiningMinutes": "報到前缺課分鐘",
        "age": "年齡", "amount": "金額", "appliedAt": "報名時間", "appliedOn": "申請日", "asOf": "查核日", "asOfDay": "截至日",
        "basicWageNTD": "基本工資", "beforeJoiningMinutes": "報到前分鐘", "beganOn": "起始日", "began": "起始事由",
        "benefits": "給付", "birthDate": "生日", "capHalfMonths": "上限（半個月數）", "capNTD": "額度上限", "cap": "上限",
        "categories": "身分", "category": "身分", "certificate": "結訓證書", "class": "班次", "closedOn": "結訓作業日",
        "committed": "待撥付", "county": "縣市", "daysCounted": "計入日數", "daysTaken": "扣除日數", "documents": "文件",
        "drawn": "曾領", "drawnSince": "領取自", "due": "應補", "employer": "雇主", "ending": "結束",
        "endedOn": "結束日", "endsOn": "結訓日", "exceptions": "例外", "expectedAmount": "預計金額", "fee": "訓練費用",
        "feeNTD": "訓練費用", "feesPaidNTD": "已繳費用", "from": "自", "halfMonths": "半個月數", "handedIn": "已繳文件",
        "held": "具備", "inForce": "在保", "joinedOn": "報到日", "kind": "項目", "knownOn": "知悉日",
        "leaveMinutes": "請假分鐘", "leaveMinutesLimit": "請假上限分鐘", "lengthDays": "期間日數", "lookbackFrom": "回溯起日",
        "lookbackTo": "回溯迄日", "marksInForce": "在保註記", "method": "查核方式", "minimumAge": "最低年齡", "minutes": "分鐘",
        "missing": "尚缺", "monthlyNTD": "每月津貼", "months": "各月", "on": "日期", "openedBy": "起算班次", "other": "另一學員",
        "outcome": "結果", "outsideMinutes": "期間外分鐘", "paid": "已撥付", "participationFrom": "參訓起日",
        "participationTo": "參訓迄日", "payee": "受款人", "payout": "撥款編號", "prepaidNTD": "已預繳",
        "prepaidRecorded": "有繳費紀錄", "presentMinutes": "出席分鐘", "programme": "計畫", "rate": "比率", "reason": "事由",
        "remaining": "剩餘", "remainingNTD": "剩餘額度", "remainingHalfMonths": "剩餘（半個月數）", "remainderDays": "畸零日數",
        "remainderMinutes": "畸零分鐘", "request": "假單", "retractsId": "撤回事件", "retractsSource": "撤回來源",
        "revokedAs": "撤銷事由", "revokedOn": "撤銷日", "scheduledMinutes": "應到分鐘", "schemesInForce": "在保保險",
        "seat": "錄訓別", "sex": "性別", "shortestDaytimeMinutes": "最短日間分鐘", "spells": "投保期間",
        "spellsKnown": "已知期間數", "startsOn": "開訓日", "started": "已報到", "state": "狀態", "subsidyNTD": "補助",
        "survey": "意見調查", "to": "至", "trainingDays": "訓練日數", "truancyMinutes": "曠課分鐘",
        "truancyPercentLimit": "曠課上限％", "unrecordedMinutes": "未登錄分鐘", "used": "已用", "usedBefore": "先前已用",
        "usedHalfMonths": "已領（半個月數）", "usedNTD": "已用額度", "validFrom": "有效起日", "validTo": "有效迄日",
        "verified": "已查核", "wantedHalfMonths": "擬發（半個月數）", "windowFrom": "起日", "windowTo": "迄日",
        "opensAt": "開放報名時間", "submittedAt": "報名時間", "submittedOn": "報名日", "closesOn": "報名截止日",
        "feePaid": "已繳費", "isEnrolment": "已參訓", "overlapping": "重疊班次", "idleMinutes": "閒置分鐘",
        "lastCompletedOn": "前次結訓日", "barredUntil": "限制至", "courses": "參訓紀錄", "allowed": "容許次數",
        "withinDays": "日數", "specialProject": "專案報名", "barringSchemes": "在職投保", "swornSchemes": "須切結之投保",
        "work": "工作", "affidavit": "無工作切結", "noInsuranceDuringClass": "訓期不得加保", "referralOn": "推介日",
        "deadline": "期限", "mayDrawInsuranceAllowance": "得請領就保津貼", "forfeitedOn": "棄權日", "ranksAsAlternate": "列為備取",
        "withdrawnOn": "取消日", "latestDay": "最遲日", "isLate": "逾期", "offset": "時差", "written": "筆試", "oral": "口試",
        "interview": "面試", "minutesLate": "遲到分鐘", "passMark": "錄取分數", "came": "到場人數", "cancelledUpTo": "停辦人數",
        "approvedSeats": "核定名額", "extraSeats": "自費名額", "employerSeats": "同單位名額", "employerFull": "同單位已滿",
        "lapsesAt": "備取失效時間", "workingDayBefore": "前一工作日", "withdrawn": "自行取消", "traineePaysNTD": "學員負擔",
        "governmentNTD": "政府負擔", "free": "免費", "row": "免費對象", "freeDelivery": "自辦班免費", "unionInsured": "工農漁會投保",
        "askedOn": "申請退費日", "cancelled": "停辦", "refundDue": "應退費", "refundedNTD": "已退費", "prepaysNTD": "應預繳",
        "collection": "收費方式", "firstStart": "實施起日", "lastStart": "實施迄日", "absenceLimit": "缺課上限",
        "sameNature": "同性質補助", "inspectionEvaded": "規避查對", "falseClaim": "不實申領", "closingOn": "受理截止日",
        "foundedOn": "設立日", "yearsFounded": "設立年數", "certificateEdition": "TTQS版別", "certificateGrade": "TTQS等級",
        "certificateFrom": "證書起日", "certificateTo": "證書迄日", "arrears": "積欠勞保費", "reviewGrade": "審查等級",
        "failed": "不符項目", "scheme": "保險", "mark": "註記", "rank": "序", "identityClaimed": "報名身分", "unit": "訓練單位",
        "selection": "甄選方式", "seats": "名額", "courseName": "班名", "batch": "期別", "delivery": "辦理方式",
        "recruitsFrom": "招生起日",
        "applicationClosesOn": "報名截止日", "attendanceLimits": "出缺勤標準", "leavePercent": "請假上限％",
        "truancyPercent": "曠課上限％", "sessions": "節次", "code": "代碼", "issuedOn": "開立日", "evidence": "佐證",
        "name": "名稱", "insuranceArrears": "積欠勞保費", "feeCollection": "收費方式", "creditCourse": "學分班",
        "placeGivenUp": "已放棄名額", "paymentsNTD": "繳費合計", "paidNTD": "已撥付", "committedNTD": "待撥付", "leftNTD": "剩餘額度",
        "prepaid": "預繳比率", "branch": "轄區分署", "latestEnd": "最遲結訓日", "isTooLong": "逾4個月", "closeBy": "結訓作業期限",
        "payBy": "預計撥款期限", "paidOn": "撥款日", "certificates": "身分認定", "day": "日期", "checks": "推算檢查",
        "contradictions": "與認證不符", "questions": "待人工認定", "pastBirthday": "已逾生日", "unemployedSince": "失業起算日",
        "insuredDays": "投保日數", "registeredFrom": "求職登記起日", "lastInsuredOn": "最後投保日", "mustLeave": "應離訓",
        "unionInsuredAfter": "訓中投保工會逾", "report": "通報勞保局", "years": "年數", "days": "日數", "parameter": "規則參數",
        "registeredPlace": "登記地點", "trade": "職類", "outsideRegistration": "逾登記範圍", "bars": "停止申領期間",
        "nationality": "國籍", "at": "時間", "net": "淨額", "repaid": "已繳回", "drawnLaterHalfMonths": "訓後已領（半個月數）",
        "adaptationPeriod": "適應期", "appeal": "訴願案號", "atSequence": "當時帳本筆數", "complaint": "陳情案號", "confidential": "保密",
        "digest": "雜湊", "edition": "版別", "grade": "等級", "hold": "保全編號", "insuredSalary": "投保薪資", "repayBy": "繳回期限",
        "requestedOn": "申請日", "approvedBy": "核准者", "author": "陳情人", "certifiedAt": "認定事件", "handler": "承辦人",
        "legalBasis": "法令依據",
        "note": "備註", "phone": "電話", "registeredTrades": "登記職類", "text": "內容", "rulebook": "規則", "nationalId": "身分證號",
        "verifiedAsOf": "最近查核日", "bankAccount": "金融帳號",
        "standing": "狀態",
    ]

    static let codes: [String: String] = [
        "registration": "報名", "admission": "錄訓", "feeShare": "自行負擔費用", "unitEligibility": "訓練單位資格",
        "applicationClosed": "報名已取消", "none": "無",
        "enrolment": "參訓", "attendance": "出缺勤", "quota": "補助額度", "allowanceMonths": "津貼月數", "attendanceLimits": "出缺勤標準",
        "payout": "撥款", "livingAllowance": "生活津貼",
        "tuitionSubsidy": "訓練費用補助", "learningReward": "學習獎勵金", "granted": "核發", "reduced": "減額核發",
        "refused": "不予核發", "pending": "待定", "notApplicable": "不適用", "started": "參訓中", "completed": "結訓",
        "withdrawn": "離訓", "expelled": "退訓", "admitted": "已錄訓", "applied": "已報名", "forfeited": "棄權",
        "true": "是", "false": "否", "female": "女", "male": "男", "national": "本國籍", "trainee": "學員", "unit": "訓練單位",
        "subsidised": "補助名額", "extra": "自費名額", "alternate": "備取", "system": "系統勾稽", "document": "投保明細表",
        "labour": "勞工保險", "employment": "就業保險", "farmers": "農民健康保險", "occupationalUnion": "職業工會",
        "fishersAssociation": "漁會", "civilServant": "公教人員保險", "military": "軍人保險", "nationalPension": "國民年金",
        "involuntaryUnemployed": "非自願離職", "soleBreadwinner": "獨力負擔家計", "middleAged": "中高齡", "disabled": "身心障礙",
        "indigenous": "原住民", "lowIncome": "低收或中低收入戶", "longTermUnemployed": "長期失業", "returningWoman": "二度就業婦女",
        "domesticViolenceVictim": "家暴被害人", "sexualAssaultVictim": "性侵害被害人", "rehabilitatedOffender": "更生受保護人",
        "youthNotInSchoolOrWork": "未就學未就業少年", "newResident": "新住民", "elder": "高齡", "crimeVictim": "犯罪被害人",
        "occupationalInjury": "職災", "registeredHomeless": "列冊街友", "unemploymentBenefit": "失業給付",
        "employmentInsuranceTrainingAllowance": "就保訓練津貼", "industryTalent": "產業人才投資計畫",
        "labourSelfLearning": "提升勞工自主學習計畫", "takeoff": "充電起飛計畫", "careService": "照顧服務訓練",
        "preEmployment": "職前訓練", "completion": "結訓", "insuranceStatement": "投保明細表",
        "insuranceVerification": "投保查核", "allowance.applied": "津貼申請", "enrolment.started": "報到",
        "householdRegister": "戶籍資料", "idCard": "身分證", "residencePermit": "居留證", "applicationForm": "申請書",
        "allowanceAffidavit": "津貼切結書", "bankBook": "存摺", "disabilityCard": "身障證明", "lowIncomeProof": "低收證明",
        "jobSeekerProof": "求職登記證明", "notWorking": "無工作切結書", "seat": "名額", "selection.scored": "甄試成績",
        "involuntarySeparationProof": "非自願離職證明", "referralLetter": "推介單", "survey": "意見調查表",
        "falseClaim": "不實申領", "ineligible": "不符資格", "overpaid": "溢發", "duplicate": "重複", "returned": "退回",
        "training": "訓", "laidOff": "裁減續保", "age": "年齡不符", "sex": "性別不符", "insuranceFirst": "就保優先",
        "vocationalInstitution": "職業訓練機構", "university": "大專校院", "industryAssociation": "工業團體",
        "commercialAssociation": "商業團體", "farmersAssociation": "農民團體", "researchInstitution": "研究機構",
        "foundation": "財團法人", "associationInPublicInterest": "公益社團法人", "labourUnion": "工會",
        "government": "政府機關", "company": "公司", "cramSchool": "補習班", "trainingInstitution": "訓練機構版",
        "external": "外訓版", "ttqs": "TTQS證書", "certificateEdition": "TTQS版別", "certificateGrade": "TTQS等級",
        "certificateTo": "TTQS證書效期", "yearsFounded": "設立年數", "noArrears": "積欠勞保費", "kind": "單位種類",
        "firstCome": "依報名順序", "writtenOral": "筆試及口試", "interview": "面試", "selfRun": "自辦",
        "commissioned": "委外", "localGovernment": "地方政府自辦", "personal": "事假", "sick": "病假",
        "official": "公假", "bereavement": "喪假", "marriage": "婚假", "truancy": "曠課", "leave": "請假",
        "conduct": "行為", "illness": "疾病", "family": "家庭", "feeWaiver": "免費參訓", "pass": "通過",
        "qualified": "合格", "gold": "金牌", "silver": "銀牌", "bronze": "銅牌",
        "foreign": "外國籍", "stateless": "無國籍", "full": "全額", "half": "半額", "employed": "受僱", "partTime": "兼職",
        "selfEmployed": "自營作業", "companyOfficer": "公司負責人", "daySchool": "日間部學生", "notAdmitted": "未錄取",
        "insuredWithinYear": "一年內有投保", "insuredMonths": "投保未滿6個月", "neverInsured": "無投保紀錄",
        "jobSearch": "無求職登記", "insuredWithinYears": "兩年內有投保", "shortOrUnionSpell": "短期或工會投保",
        "trainingSpell": "訓字保", "recruitsFrom": "招生起日", "incapacityProof": "無工作能力證明", "inSchoolProof": "在學證明",
        "victimCertificate": "被害人證明", "protectionOrder": "保護令", "judgment": "判決書", "releaseProof": "更生保護證明",
        "employmentHistory": "工作經歷證明", "familyReasonProof": "家庭因素證明", "serviceProof": "服務證明", "affidavit": "切結書",
        "diploma": "學歷證明", "militaryServiceProof": "兵役證明", "class.scheduled": "課表", "traffickingVictim": "人口販運被害人",
        "nationalWithoutHousehold": "無戶籍國民", "disasterVictim": "災區受災者", "independentYouth": "自立少年",
        "economicHardship": "經濟困難", "tradeLiberalisationAffected": "受貿易自由化影響", "dischargingSoldier": "屆退官兵",
        "voluntaryUnemployedInsured": "自願離職", "other": "其他", "oldAgeBenefit": "老年給付",
        "otherTrainingAllowance": "其他訓練津貼", "elderLivingSubsidy": "老人生活津貼", "disabilityLivingSubsidy": "身障生活補助",
    ]
}

extension Terms {
    package static func eventType(_ name: String, _ language: Language) -> String {
        language == .chinese ? ChineseTerms.eventTypes[name].map { "\($0) \(name)" } ?? name : name
    }

    package static func key(_ name: String, _ language: Language) -> String {
        language == .chinese ? ChineseTerms.keys[name] ?? name : name
    }

    /// What a clause lacks: a number of its facts, a paper, a record.
    package static func lack(_ name: String, _ language: Language) -> String {
        guard language == .chinese else { return EnglishTerms.lack(name) }
        let parts = name.split(separator: "|").map(String.init)
        guard parts.count == 1 else { return parts.map { lack($0, language) }.joined(separator: "或") }
        return ChineseTerms.lacks[name] ?? ChineseTerms.codes[name] ?? RulebookTerms.chinese[name]
            ?? ChineseTerms.keys[name] ?? name
    }

    /// A code in its words; alternatives are joined by 或. Categories and papers have the names of the rulebook.
    package static func code(_ code: String, _ language: Language) -> String {
        let parts = code.split(separator: "|").map(String.init)
        guard parts.count < 2 else {
            return parts.map { self.code($0, language) }.joined(separator: Words("或", " or ")(language))
        }
        guard language == .chinese else { return RulebookTerms.english[code] ?? EnglishTerms.code(code) }
        return ChineseTerms.codes[code] ?? RulebookTerms.chinese[code] ?? code
    }
}
