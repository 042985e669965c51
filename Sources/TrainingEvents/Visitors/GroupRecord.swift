/// A group of fields on its own: what other logs of the same kind than the ledger's keep.
extension FieldGroup {
    /// The canonical bytes: protobuf wire form, as the facts of an event.
    ///
    /// - Throws: `EventError` if the fields contradict each other.
    package func fieldBytes() throws(EventError) -> [UInt8] {
        var encoder = RecordEncoder()
        var copy = self
        try copy.visit(&encoder)
        return encoder.facts.writer.bytes
    }

    /// Reads the canonical bytes.
    ///
    /// - Throws: `malformedRecord` with the offset for anything but the canonical form; what ``validate()`` throws.
    package init(fieldBytes: UnsafeRawBufferPointer) throws(EventError) {
        var decoder = RecordDecoder(
            facts: WireReaderBox(reader: WireReader(fieldBytes)),
            personal: WireReaderBox(reader: WireReader(UnsafeRawBufferPointer(start: nil, count: 0))))
        self.init()
        try visit(&decoder)
        try decoder.finish()
        try validate()
    }

    /// The fields as members of a JSON object; what is absent is left out.
    package var fieldJSON: [JSONValue.Member] {
        var writer = JSONFieldWriter(registry: Registry())
        var copy = self
        do throws(EventError) { try copy.visit(&writer) } catch {
            preconditionFailure("writing JSON refuses nothing")
        }
        return writer.members
    }
}
