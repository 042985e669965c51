import Dispatch
import EventLog
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Requests to another server by a thread that has nothing else to do. Follows no redirect, keeps no cookie and no cache.
struct BlockingHTTP: Sendable {
    /// What came back.
    struct Answer: Sendable {
        let status: Int
        /// Names in lower case.
        let headers: [String: String]
        let body: [UInt8]
    }

    private let session: URLSession

    /// - Parameter seconds: how long a server may stay silent.
    init(patience seconds: Double) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = seconds
        configuration.httpCookieStorage = nil
        configuration.urlCache = nil
        session = URLSession(configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// - Throws: `inputOutput` if none came.
    func send(
        _ url: URL, method: String = "GET", headers: [String: String] = [:], body: [UInt8]? = nil
    ) throws(LogError) -> Answer {
        var request = URLRequest(url: url)
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        if let body { request.httpBody = Data(body) }
        let outcome = Mutex<Answer?>(nil)
        let done = DispatchSemaphore(value: 0)
        let task = session.dataTask(with: request) { data, response, _ in
            if let response = response as? HTTPURLResponse {
                var headers: [String: String] = [:]
                for (name, value) in response.allHeaderFields { headers["\(name)".lowercased()] = "\(value)" }
                let answer = Answer(
                    status: response.statusCode, headers: headers, body: data.map { [UInt8]($0) } ?? [])
                outcome.withLock { $0 = answer }
            }
            done.signal()
        }
        task.resume()
        done.wait()
        guard let answer = outcome.withLock({ $0 }) else {
            // Without what the library says: it names the whole address.
            throw LogError(.inputOutput(EHOSTUNREACH), "\(url.host ?? "the server") does not answer")
        }
        return answer
    }

    private final class NoRedirects: NSObject, URLSessionTaskDelegate, Sendable {
        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) { completionHandler(nil) }
    }
}
