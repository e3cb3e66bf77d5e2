internal import COpenBLAS
internal import Synchronization

/// OpenBLAS, with one thread for each caller: the models divide their work among threads themselves.
enum BLAS {
    private static let isReady: Bool = {
        openblas_set_num_threads(1)
        return true
    }()

    /// Has to be called before anything else of it.
    static func begin() {
        _ = isReady
    }

    /// The number of threads is the whole process's: one caller at a time sets it.
    private static let isSetting = Mutex(())

    /// Calls `body` with OpenBLAS using so many threads.
    static func withThreads<R>(_ count: Int, _ body: () -> R) -> R {
        begin()
        return isSetting.withLock { _ in
            openblas_set_num_threads(Int32(count))
            defer { openblas_set_num_threads(1) }
            return body()
        }
    }
}
