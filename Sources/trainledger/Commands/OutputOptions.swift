import ArgumentParser
import CivilTime
import CommandKit
import Explanations
import TrainingEvents

/// How answers are printed.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON: one object, or one a line.")
    var json = false

    @Option(help: ArgumentHelp("Language of the text: zh-TW or en (default: by LANG).", valueName: "language"))
    var lang: Language?

    @Flag(help: "Show dates in the ROC calendar (民國).")
    var roc = false

    var language: Language { lang ?? .ofEnvironment }

    /// The same for everything that is rendered.
    var style: ReadingStyle { ReadingStyle(language: language, usesROCDates: roc) }

    func show(_ day: CivilDate) -> String { style.show(day) }

    func show(_ json: JSONValue) -> String { style.show(json) }

    func show(_ members: [JSONValue.Member]) -> String { style.show(members) }
}
