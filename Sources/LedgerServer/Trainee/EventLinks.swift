/// Where mentions of events lead: to the timeline of the page, else – for whoever may open it – to the audit page.
struct EventLinks {
    /// The events of the page's own timeline.
    let shown: Set<UInt64>
    let opensAudit: Bool

    /// A mention for a template, without `href` where it leads nowhere.
    func values(_ position: UInt64) -> [String: Any] {
        var values: [String: Any] = ["position": "\(position)"]
        if shown.contains(position) {
            values["href"] = "#e\(position)"
        } else if opensAudit {
            values["href"] = "/audit/events/\(position)"
        }
        return values
    }
}
