import Yams

extension BookLayer {
    /// The layer's one YAML node.
    ///
    /// - Throws: `syntax` or `duplicateKey`, with the place that libyaml names.
    func compose(fileName: String) throws(RulebookError) -> Node {
        let node: Node?
        do {
            // The basic resolver has no rules: every scalar stays the text that was written.
            node = try Yams.compose(yaml: text, .basic)
        } catch let error as YamlError {
            throw error.rulebookError(in: self, fileName: fileName)
        } catch {
            throw RulebookError(.syntax, "\(error)", file: fileName, line: lineOffset + 1, column: 1)
        }
        guard let node else {
            throw RulebookError(.syntax, "the document is empty", file: fileName, line: lineOffset + 1, column: 1)
        }
        return node
    }

    /// The place where a duplicated key stands for the second time, given where it stands first.
    ///
    /// Yams reports the first place only. In block style the second one begins a line in the same column;
    /// where no such line follows (flow style), the first place is the best there is.
    fileprivate func secondPlace(of key: String, after mark: Mark) -> (line: Int, column: Int) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard mark.line >= 1, mark.line < lines.count else { return (mark.line, mark.column) }
        for index in mark.line..<lines.count {
            let indent = lines[index].prefix { $0 == " " }.count
            let rest = lines[index].dropFirst(indent)
            if indent + 1 == mark.column, rest.hasPrefix("\(key):") || rest.hasPrefix("\"\(key)\":") {
                return (index + 1, mark.column)
            }
        }
        return (mark.line, mark.column)
    }
}

extension YamlError {
    fileprivate func rulebookError(in layer: BookLayer, fileName: String) -> RulebookError {
        func fault(_ code: RulebookError.Code, _ reason: String, _ line: Int, _ column: Int) -> RulebookError {
            RulebookError(code, reason, file: fileName, line: layer.lineOffset + line, column: column)
        }
        switch self {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let around = context.map { "\($0.text) at line \(layer.lineOffset + $0.mark.line): " } ?? ""
            return fault(.syntax, around + problem, mark.line, mark.column)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let key = duplicates.first ?? ""
            let place = layer.secondPlace(of: key, after: context.mark)
            return fault(.duplicateKey, "key \(key) stands twice", place.line, place.column)
        case .reader(let problem, _, _, _): return fault(.syntax, problem, 1, 1)
        default: return fault(.syntax, "not YAML", 1, 1)
        }
    }
}

extension Node {
    /// What the node is, for messages.
    var shape: String {
        switch self {
        case .scalar: "a scalar"
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .alias: "an alias"
        }
    }
}
