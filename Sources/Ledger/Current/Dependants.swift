package import TrainingEvents

/// What has to be decided anew after an event.
package struct Dependants: Sendable, Equatable {
    /// Another rulebook counts: everyone, every class and every unit. The lists are empty then.
    package private(set) var isEverything = false
    /// All IDs of each person, in the order of registration. What was decided under any of these IDs counts no more: a
    /// link joins persons, and the end of one parts them.
    package private(set) var persons: [[TraineeNumber]] = []
    /// The classes whose admission is to be decided.
    package private(set) var classes: [ClassNumber] = []
    /// The units whose fitness is to be decided.
    package private(set) var units: [UnitNumber] = []

    static let everything: Dependants = {
        var all = Dependants()
        all.isEverything = true
        return all
    }()

    /// Adds those that are not there yet. O(persons) with a table of those that are.
    mutating func add(persons more: [[TraineeNumber]]) {
        guard persons.count + more.count > 1 else { return persons += more }
        var known = Set(persons.compactMap(\.first))
        for members in more {
            if let first = members.first, known.insert(first).inserted { persons.append(members) }
        }
    }

    mutating func add(classes more: [ClassNumber]) {
        for number in more where !classes.contains(number) { classes.append(number) }
    }

    mutating func add(unit: UnitNumber?) {
        if let unit, !units.contains(unit) { units.append(unit) }
    }
}
