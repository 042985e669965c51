package import Access

extension Terms {
    /// A role in words.
    package static func role(_ role: Role, _ language: Language) -> String {
        switch role {
        case .auditor: Words("稽核員", "auditor")(language)
        case .reviewer: Words("訴願審查員", "reviewer")(language)
        case .clerk: Words("承辦人", "clerk")(language)
        case .operator: Words("系統管理員", "operator")(language)
        case .keyOfficer: Words("金鑰管理員", "key officer")(language)
        }
    }

    /// An operation in words.
    package static func operation(_ operation: Operation, _ language: Language) -> String {
        switch operation {
        case .readEvents: Words("查閱事件", "events")(language)
        case .readTimeline: Words("查閱歷程", "timeline")(language)
        case .readBalance: Words("查閱額度", "balance")(language)
        case .decide: Words("審定", "decide")(language)
        case .readReport: Words("全體報表", "report")(language)
        case .compareRules: Words("規則比較", "compare")(language)
        case .findTrainee: Words("以身分證號查詢", "find")(language)
        case .proveEvents: Words("產生證明", "prove")(language)
        case .recordEvents: Words("登錄事件", "append")(language)
        case .settleClass: Words("核撥", "settle")(language)
        case .adoptRulebook: Words("採用規則", "adopt a rulebook")(language)
        case .rebuild: Words("重建", "rebuild")(language)
        case .verify: Words("驗證", "verify")(language)
        case .auditHashes: Words("稽核雜湊", "audit")(language)
        case .signCheckpoint: Words("簽署檢查點", "sign a checkpoint")(language)
        case .copyLedger: Words("備份", "backup")(language)
        case .repairLedger: Words("修復", "repair")(language)
        case .sealSegments: Words("封存", "seal")(language)
        case .erase: Words("刪除個資", "erase")(language)
        case .applyErasures: Words("執行刪除登記", "apply erasures")(language)
        case .readAccess: Words("查閱紀錄", "who looked")(language)
        case .readPrincipals: Words("查閱權限", "list principals")(language)
        case .administerPrincipals: Words("變更權限", "change principals")(language)
        case .matchInsurance: Words("投保勾稽名冊", "insurance match list")(language)
        case .readRoster: Words("學員名冊", "roster")(language)
        case .listPayments: Words("撥款清冊", "payment list")(language)
        }
    }

    /// How a request reached a trainee.
    package static func accessSubject(_ kind: AccessSubjectKind, _ language: Language) -> String {
        switch kind {
        case .trainee: Words("學員", "trainee")(language)
        case .class: Words("班次", "class")(language)
        case .unit: Words("單位", "unit")(language)
        case .everyone: Words("全體", "everyone")(language)
        }
    }

    /// Why something was denied, in a few words.
    package static func refusal(_ refusal: Refusal, _ language: Language) -> String {
        switch refusal {
        case .noCredential: Words("拒絕：未出示憑證", "denied: no credential")(language)
        case .unknownPrincipal: Words("拒絕：憑證不符", "denied: unknown credential")(language)
        case .roleNotHeld: Words("拒絕：無此角色", "denied: role not held")(language)
        case .notPermitted: Words("拒絕：角色無此權限", "denied: not permitted")(language)
        case .caseNotAssigned: Words("拒絕：案件未指派", "denied: no case")(language)
        case .otherUnit: Words("拒絕：非所屬單位", "denied: other unit")(language)
        case .secondPersonMissing: Words("拒絕：缺第二人", "denied: no second person")(language)
        case .secondPersonNotPermitted: Words("拒絕：第二人不符", "denied: second person")(language)
        case .purposeMissing: Words("拒絕：未說明目的", "denied: no purpose")(language)
        }
    }
}
