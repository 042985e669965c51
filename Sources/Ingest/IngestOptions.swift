/// How an ingest goes about its work. Times are in milliseconds.
package struct IngestOptions: Sendable {
    /// Messages that are recorded together, at most.
    package var batch = 1_000
    /// Ends when nothing came for so long; `nil` goes on for ever.
    package var untilIdle: Int?
    /// How long the server waits for an acknowledgement before it delivers a message again.
    package var acknowledgementWait = 30_000
    /// The first pause before something is tried again; each further one is twice as long.
    package var shortestPause = 100
    package var longestPause = 5_000

    package init() {}
}
