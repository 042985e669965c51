/// The tables and views of an export, in the order in which they are made: what is referred to comes first.
package enum ExportSchema {
    /// The version of tables and views: a column that changes its meaning or goes is a new one.
    package static let version: Int32 = 1

    package static let tables: [ExportTable] = [
        .ledger, .units, .classes, .sessions, .trainees, .enrolments, .attendance, .leaveRequests, .payouts,
        .revocations, .repayments, .benefits, .decisions, .quotas, .allowanceUses, .overdueItems,
    ]

    package static let views: [ExportView] = [
        ExportView(
            name: "quota_left", note: "what everybody has left of the quota on the as-of day, least first",
            query: """
                SELECT person, window_from, window_to, cap_ntd, paid_ntd, committed_ntd, remaining_ntd
                  FROM quotas ORDER BY remaining_ntd, person
                """),
        ExportView(
            name: "over_truancy_limit", note: "who is over the truancy limit of a class (PRE-14)",
            query: """
                SELECT d.class, d.person, e.trainee, a.scheduled_minutes, a.truancy_minutes, e.ending, e.ended_on
                  FROM decisions d JOIN enrolments e USING (person, class) JOIN attendance a USING (person, class)
                 WHERE d.kind = 'attendance' AND d.outcome = 'refused' AND d.lacks = 'truancyMinutes'
                 ORDER BY d.class, d.person
                """),
        ExportView(
            name: "overdue", note: "closings and payouts that are overdue on the as-of day, oldest first",
            query: """
                SELECT o.due_by, o.what, o.class, c.course_name, c.batch, c.unit, o.trainee, o.amount_ntd
                  FROM overdue_items o JOIN classes c USING (class) ORDER BY o.due_by, o.item
                """),
        ExportView(
            name: "class_roster", note: "who has a place in a class, with what they attended",
            query: """
                SELECT e.class, e.person, e.trainee, e.seat, e.started_on, e.ending, e.ended_on, a.present_minutes,
                       a.leave_minutes, a.truancy_minutes, a.unrecorded_minutes
                  FROM enrolments e LEFT JOIN attendance a USING (person, class)
                 WHERE e.seat IS NOT NULL OR e.started_on IS NOT NULL ORDER BY e.class, e.person
                """),
        ExportView(
            name: "payments_by_month", note: "what was paid in a month, by kind, and what is left of it",
            query: """
                SELECT substr(paid_on, 1, 7) AS month, kind, count(*) AS payouts, sum(amount_ntd) AS amount_ntd,
                       sum(net_ntd) AS net_ntd
                  FROM payouts GROUP BY month, kind ORDER BY month, kind
                """),
    ]
}
