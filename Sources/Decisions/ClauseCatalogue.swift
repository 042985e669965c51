package import Rulebook

/// Every clause with the versions of its implementation that this program has.
///
/// A clause whose rule changes gets a new type beside the old one and a wider range here; a rulebook names the
/// version that holds, so that what was decided by the old one can be recomputed as it was.
package enum ClauseCatalogue {
    static let implementations: [any Clause.Type] = [
        ARI01.self, ARI02.self, ARI03.self, ARI04.self, ARI05.self, ARI06.self, CAT01.self,
        TIP01.self, TIP02.self, TIP03.self, TIP04.self, TIP05.self, TIP06.self, TIP07.self, TIP08.self, TIP09.self,
        TIP10.self, TIP11.self, TIP12.self, TIP13.self, TIP14.self, TIP15.self, TIP16.self, TIP17.self, TIP18.self,
        TIP19.self, TIP20.self, TIP21.self, TIP22.self,
        PRE01.self, PRE02.self, PRE03.self, PRE04.self, PRE05.self, PRE06.self, PRE07.self, PRE08.self, PRE09.self,
        PRE10.self, PRE11.self, PRE12.self, PRE13.self, PRE14.self, PRE15.self, PRE16.self, PRE17.self, PRE18.self,
        PRE19.self,
        LIV01.self, LIV02.self, LIV03.self, LIV04.self, LIV05.self, LIV06.self, LIV07.self, LIV08.self, LIV09.self,
        LIV10.self, LIV11.self, LIV12.self, LIV13.self, LIV14.self,
        YTH01.self, YTH02.self, YTH03.self, ATT01.self, ATT02.self, ATT03.self, ATT04.self,
    ]

    /// The clauses of a rulebook, as `LIV-07@2`, that this program cannot apply: it has no such clause, or not that
    /// version of it. A book that names one must not be decided by.
    package static func unimplemented(in rulebook: Rulebook) -> [String] {
        rulebook.clauses.filter { clause in
            !implementations.contains { $0.id == clause.id && $0.versions.contains(clause.version) }
        }.map(\.versionedID)
    }
}
