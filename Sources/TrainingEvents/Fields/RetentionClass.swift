/// How long a personal text is kept, and so under which key it is sealed: a key is destroyed as a whole.
///
/// Which period each class stands for, and by which source, is in `docs/personal-data.md`. The number stands in sealed
/// texts: never reused, only added to.
package enum RetentionClass: UInt8, CaseIterable, Sendable {
    /// Who somebody is: name and national ID.
    case identity = 1
    /// How somebody is reached: phone.
    case contact
    /// Where money goes: bank account.
    case payment
    /// Free text in the file of a trainee, class or unit: reasons, evidence, notes.
    case dossier
    /// Names and grounds of officials: who approved, who handles, by which law. Under the ledger's own key, so that
    /// erasing a trainee leaves the account of the erasure.
    case office

    /// The name in answers and in `docs/personal-data.md`.
    package var name: String { String(describing: self) }
}
