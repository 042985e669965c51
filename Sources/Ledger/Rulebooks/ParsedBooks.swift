import Rulebook

/// The stored rulebooks that this process read last, by digest: reading one takes longer than most answers by it. The bytes are
/// read and hashed each time all the same, so that a changed file is noticed.
enum ParsedBooks {
    private static let books = Mutexed<[String: Rulebook]>([:])
    /// Books that are kept at most.
    private static let limit = 16

    /// The book whose canonical text has this digest, if it was read before.
    static func book(_ digest: String) -> Rulebook? { books.value[digest] }

    static func keep(_ book: Rulebook) {
        books.update { books in
            if books.count >= limit { books = [:] }
            books[book.digest] = book
        }
    }
}
