/// Counties, branch offices and the made-up names of the population. No entry is a real person's or unit's.
enum Places {
    /// The branch offices (分署), in the order of the table in T23.
    static let branches = ["north", "taoyuan", "central", "yunchianan", "kaoping"]

    /// The counties and cities, with the code that the sources of their centres carry.
    static let counties: [(code: String, name: String)] = [
        ("tpe", "臺北市"), ("ntpc", "新北市"), ("kel", "基隆市"), ("ila", "宜蘭縣"), ("hua", "花蓮縣"),
        ("kin", "金門縣"), ("lie", "連江縣"), ("tyn", "桃園市"), ("hsz", "新竹市"), ("hsq", "新竹縣"),
        ("mia", "苗栗縣"), ("txg", "臺中市"), ("cha", "彰化縣"), ("nan", "南投縣"), ("yun", "雲林縣"),
        ("cyi", "嘉義市"), ("cyq", "嘉義縣"), ("tnn", "臺南市"), ("khh", "高雄市"), ("pif", "屏東縣"),
        ("ttt", "臺東縣"), ("pen", "澎湖縣"),
    ]

    /// Roughly how many of a hundred classes each county holds.
    static let countyWeights = [14, 16, 2, 2, 2, 1, 1, 10, 4, 3, 3, 13, 5, 2, 3, 2, 2, 8, 11, 4, 1, 1]

    /// The branch office of each county, as an index of ``branches``.
    static let branchOfCounty = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4]

    /// Trades, with the course names that are given in them.
    static let trades: [(name: String, courses: [String])] = [
        ("餐飲", ["咖啡調配技巧職能專班", "中餐烹調實務班", "烘焙食品製作班", "異國料理創業班"]),
        ("電機電子", ["多元半導體人才養成班", "室內配線實務班", "冷凍空調裝修班", "智慧製造感測應用班"]),
        ("資訊", ["雲端網路應用班", "資料分析實務班", "網頁設計入門班", "資訊安全基礎班"]),
        ("機械", ["電腦輔助繪圖班", "數控車銑實務班", "銲接技術班"]),
        ("照顧服務", ["照顧服務員專班", "失智照護進階班", "托育人員專班"]),
        ("商業管理", ["電子商務行銷班", "會計實務班", "門市服務管理班", "專案管理班"]),
        ("設計", ["平面設計應用班", "室內設計繪圖班", "影音剪輯班"]),
        ("美容美髮", ["美容護膚實務班", "時尚髮型設計班", "指甲彩繪班"]),
        ("農林漁牧", ["有機農業經營班", "園藝景觀維護班", "農產加工班"]),
        ("語文", ["商用英語溝通班", "日語會話班", "越南語實務班"]),
        ("觀光", ["導遊領隊人員班", "民宿經營班"]),
        ("營建", ["木工裝潢實務班", "營造安全衛生班", "測量實務班"]),
    ]

    /// The trade that care service classes are held in.
    static let careTrade = 4

    /// Family names for made-up names.
    static let familyNames = [
        "陳", "林", "黃", "張", "李", "王", "吳", "劉", "蔡", "楊", "許", "鄭", "謝", "洪", "郭", "邱", "曾", "廖", "賴", "徐",
    ]

    /// Syllables for made-up given names.
    static let givenNames = [
        "安", "宜", "君", "豪", "玲", "志", "明", "雅", "婷", "家", "文", "淑", "芬", "俊", "宏", "佳", "穎", "建", "美", "惠",
        "冠", "宇", "怡", "欣", "承", "翰", "庭", "瑜", "柏", "秀",
    ]

    /// First halves of made-up names of employers and units.
    static let tradeNames = ["山嵐", "海風", "晨光", "青禾", "石橋", "雲松", "河口", "稻香", "北辰", "南星", "竹林", "楓葉"]

    /// Kinds of employers.
    static let employerKinds = ["精密股份有限公司", "食品有限公司", "電子股份有限公司", "貿易有限公司", "商行", "物流股份有限公司"]

    /// Kinds of units with the ending of their names and how common they are.
    static let unitKinds: [(kind: String, ending: String, weight: Int)] = [
        ("vocationalInstitution", "職業訓練中心", 30), ("university", "科技大學", 16), ("industryAssociation", "工業會", 8),
        ("commercialAssociation", "商業會", 8), ("farmersAssociation", "農會", 6), ("fishersAssociation", "漁會", 1),
        ("researchInstitution", "研究院", 3), ("foundation", "基金會", 10), ("associationInPublicInterest", "協會", 8),
        ("labourUnion", "職業工會", 6), ("government", "公所", 1), ("company", "企業管理顧問公司", 2), ("cramSchool", "補習班", 1),
    ]
}
