import Explanations

/// The words of the pages.
enum PageWords {
    static let all = common.merging(ofClasses) { $1 }.merging(ofRulesAndAudit) { $1 }

    private static let common: [String: Words] = [
        "skip": Words("跳至主要內容", "skip to the content"),
        "product": Words("職業訓練帳本", "TrainLedger"),
        "home": Words("首頁", "home"),
        "signIn": Words("登入", "Sign in"),
        "signOut": Words("登出", "sign out"),
        "name": Words("帳號", "name"),
        "password": Words("密碼", "password"),
        "purpose": Words("查閱目的（如案號）", "what it is for (such as a case number)"),
        "purposeHint": Words("每次查閱都會連同目的記錄", "every look is written down with it"),
        "trainee": Words("學員編號", "trainee ID"),
        "open": Words("開啟", "open"),
        "change": Words("變更", "change"),
        "asOf": Words("帳本所知時點（日期、時刻或 @筆數）", "as the ledger knew (date, instant or @events)"),
        "replay": Words("重播", "replay"),
        "rulebook": Words("規則", "rulebook"),
        "decisions": Words("審定結果與理由", "Decisions and why"),
        "timeline": Words("歷程", "Timeline"),
        "happened": Words("發生日", "happened"),
        "recorded": Words("登錄時間", "we knew"),
        "event": Words("事件", "event"),
        "what": Words("內容與影響", "what it said and changed"),
        "quota": Words("補助額度", "Quota"),
        "attendance": Words("出勤", "Attendance"),
        "allowance": Words("生活津貼月數", "Allowance months"),
        "class": Words("班次", "class"),
        "statement": Words("行政處分書", "written decision"),
        "print": Words("列印本頁即為書面", "print this page for the document"),
        "issued": Words("原通知與重算", "As told, and as recomputed"),
        "asTold": Words("原通知", "as told"),
        "asRecomputed": Words("現在重算", "as recomputed now"),
        "readingMark": Words("［解釋］", "[reading]"),
        "readingNote": Words(
            "條文或文件未明定、可有兩種解讀之處，依規則集所載之解釋；點選即展開該解釋（英文）。",
            "The documents leave two answers here, and the rulebook says which is taken. The mark unfolds it."),
        "who": Words("查閱紀錄", "who looked"),
        "role": Words("角色", "role"),
        "operation": Words("作業", "operation"),
        "through": Words("範圍", "through"),
        "result": Words("結果", "result"),
        "present": Words("到課", "present"),
        "leave": Words("請假", "on leave"),
        "absent": Words("缺課", "absent"),
        "unrecorded": Words("未登錄", "not recorded"),
        "none": Words("無", "none"),
        "back": Words("回學員頁", "back to the trainee"),
    ]

    static func text(_ name: String, _ language: Language) -> String { all[name]?(language) ?? name }
}
