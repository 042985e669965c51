/// The field's Chinese words for event types, keys of facts and data, and codes, for human output.
///
/// What has no word here is shown as the contract spells it.
enum ChineseTerms {
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
        "nationality": "國籍", "at": "時間", "net": "淨額", "repaid": "已繳回", "drawnLaterHalfMonths": "訓後已領（半個月數）",
    ]

    static let codes: [String: String] = [
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
        "jobSeekerProof": "求職登記證明",
    ]
}

extension Terms {
    static func eventType(_ name: String, _ language: Language) -> String {
        language == .chinese ? ChineseTerms.eventTypes[name].map { "\($0) \(name)" } ?? name : name
    }

    static func key(_ name: String, _ language: Language) -> String {
        language == .chinese ? ChineseTerms.keys[name] ?? name : name
    }

    static func code(_ code: String, _ language: Language) -> String {
        language == .chinese ? ChineseTerms.codes[code] ?? code : code
    }
}
