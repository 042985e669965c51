import CivilTime

/// Training units: registration, and the certificate that is renewed every two years.
extension Population {
    /// Registers the next unit.
    mutating func registerUnit() {
        let kind = random.weighted(Places.unitKinds.map(\.weight))
        let county = random.weighted(Places.countyWeights)
        let number = units.count
        units.append((county: county, kind: kind))
        let entry = Places.unitKinds[kind]
        lines.pass(seconds: 7)
        lines.open("unit.registered", from: .branch(ofCounty: county), about: .unit(number))
        let name = Places.tradeNames[number % Places.tradeNames.count]
        lines.field("name", "\(Places.counties[county].name)\(name)\(entry.ending)第\(number + 1)號")
        lines.field("kind", entry.kind)
        lines.field("county", Places.counties[county].name)
        lines.field("foundedOn", day: today - random.within(random.chance(1, in: 30) ? 100...700 : 800...14_000))
        let validFrom = today - random.within(0...500)
        writeCertificate(kind: entry.kind, validFrom: validFrom)
        if random.chance(3, in: 4) { lines.field("reviewGrade", ["A", "B", "B", "C", "D"][random.below(5)]) }
        if entry.kind == "labourUnion" { lines.field("insuranceArrears", random.chance(1, in: 20)) }
        if entry.kind == "vocationalInstitution" {
            lines.field("registeredPlace", Places.counties[county].name)
            var trades: [String] = []
            for _ in 0..<random.within(2...5) {
                let trade = random.pick(Places.trades).name
                if !trades.contains(trade) { trades.append(trade) }
            }
            lines.field("registeredTrades", trades)
        }
        lines.close()
        agenda.add(.renewUnit, on: validFrom + random.within(690...760), at: 9 * 3_600 + random.below(20_000), number)
    }

    /// A new certificate; some are late, and a few grades change.
    mutating func renewUnit(_ unit: Int) {
        let (county, kind) = units[unit]
        lines.open("unit.amended", from: .branch(ofCounty: county), about: .unit(unit))
        writeCertificate(kind: Places.unitKinds[kind].kind, validFrom: today)
        if random.chance(1, in: 4) { lines.field("reviewGrade", ["A", "B", "C"][random.below(3)]) }
        lines.field("reason", "TTQS 換證")
        lines.close()
        agenda.add(.renewUnit, on: today + random.within(690...760), at: 9 * 3_600 + random.below(20_000), unit)
    }

    private mutating func writeCertificate(kind: String, validFrom: Int) {
        let isUnion = kind == "labourUnion"
        lines.openGroup("ttqs")
        lines.field("edition", isUnion && random.chance(1, in: 3) ? "external" : "trainingInstitution")
        lines.field("grade", isUnion ? "合格" : ["通過", "銅牌", "銀牌", "金牌"][random.weighted([60, 30, 8, 2])])
        lines.field("validFrom", day: validFrom)
        lines.field("validTo", day: Int(civil(validFrom).endOfPeriod(years: 2).dayNumber))
        lines.closeGroup()
    }
}
