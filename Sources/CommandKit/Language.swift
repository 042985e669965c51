import ArgumentParser
package import Explanations
import Foundation

extension Language: ExpressibleByArgument {
    /// By the environment, as other programs choose: `LC_ALL`, `LC_MESSAGES`, `LANG`.
    ///
    /// Read once: every printed word asks for it.
    package static let ofEnvironment: Language = {
        let environment = ProcessInfo.processInfo.environment
        let name = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        return name.hasPrefix("zh") ? .chinese : .english
    }()
}
