internal import Glibc

/// A mutex with one condition to wait for. Blocks threads: not for use in tasks of the cooperative pool.
final class Monitor: @unchecked Sendable {
    // Sendable: pthread's own objects, at a fixed address, made for use from any thread.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    /// A mutex that nobody holds.
    init() {
        mutex.initialize(to: pthread_mutex_t())
        condition.initialize(to: pthread_cond_t())
        precondition(pthread_mutex_init(mutex, nil) == 0 && pthread_cond_init(condition, nil) == 0)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Takes the mutex; waits for it.
    func lock() { precondition(pthread_mutex_lock(mutex) == 0) }
    /// Gives the mutex up.
    func unlock() { precondition(pthread_mutex_unlock(mutex) == 0) }

    /// Gives the mutex up until another thread calls `wakeAll`, then takes it again. May wake without cause.
    func wait() { precondition(pthread_cond_wait(condition, mutex) == 0) }

    /// Wakes all threads that wait.
    func wakeAll() { precondition(pthread_cond_broadcast(condition) == 0) }
}

/// The steady clock, for how long to wait; nothing stored depends on it.
enum Clock {
    /// Nanoseconds since some fixed moment.
    static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// Lets other threads run.
    static func yield() { sched_yield() }
}
