import CommandKit
import Explanations
import Ledger
import PersonalData
import TrainingEvents

/// The certificate of an erasure for people.
struct CertificateRendering {
    private let certificate: ErasureCertificate
    private let output: OutputOptions

    init(_ certificate: ErasureCertificate, _ output: OutputOptions) {
        self.certificate = certificate
        self.output = output
    }

    /// - Parameter isNew: whether the erasure was carried out now.
    func lines(isNew: Bool) -> [String] {
        let trainee = certificate.trainee
        var lines = [
            isNew
                ? words("個人資料刪除證明：學員 \(trainee)", "Certificate of erasure: trainee \(trainee)")
                : words(
                    "個人資料刪除證明：學員 \(trainee)（先前已刪除）", "Certificate of erasure: trainee \(trainee) (erased before)"),
            words(
                "日期 \(output.show(certificate.on))，事件第 \(certificate.position) 筆",
                "on \(output.show(certificate.on)), event \(certificate.position)"),
            words("依據：", "legal basis: ") + shown(certificate.legalBasis),
            words("核准：", "approved by: ") + certificate.approvedBy.map(shown).joined(separator: words("、", ", ")),
        ]
        lines.append(
            certificate.destroyed.isEmpty
                ? words("沒有可銷毀的金鑰：此學員未曾有加密的個人資料", "no keys to destroy: nothing about this trainee was ever sealed")
                : words("已銷毀的金鑰：", "keys destroyed: ")
                    + certificate.destroyed.map { "\($0.retention.name) \($0.name)" }.joined(separator: ", "))
        let day = output.show(certificate.keptUntil)
        lines.append(words("保留至 \(day)，供計算之用：", "kept until \(day), because amounts follow from it:"))
        for kept in certificate.kept {
            let type = Terms.eventType(kept.type.name, output.language)
            lines.append("  \(type) ×\(kept.eventCount): \(kept.fields.joined(separator: ", "))")
        }
        if !certificate.otherIDs.isEmpty {
            lines.append(
                words("同一人的其他編號未刪除：", "other IDs of the same person, not erased: ")
                    + certificate.otherIDs.joined(separator: ", "))
        }
        return lines
    }

    private func words(_ chinese: String, _ english: String) -> String { Words(chinese, english)(output.language) }

    private func shown(_ text: String?) -> String { text ?? words("（已加密）", "(sealed)") }
}
