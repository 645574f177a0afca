import FuzzTargets
import Glibc

/// The target that the variable `FUZZ_TARGET` names, looked up once.
private let target: FuzzTarget? = getenv("FUZZ_TARGET").flatMap {
  FuzzTarget.named(String(cString: $0))
}

/// What libFuzzer calls before anything else: without a target there is nothing to do.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>?,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
  guard target == nil else { return 0 }
  let names = FuzzTarget.all.map(\.name).joined(separator: "\n")
  print(names)
  exit(getenv("FUZZ_TARGET") == nil ? 0 : 64)
}

/// What libFuzzer calls with each input; a broken invariant ends the process as a trap would.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    try target?.check(Array(UnsafeBufferPointer(start: bytes, count: count)))
  } catch {
    report(error)
    abort()
  }
  return 0
}

private func report(_ error: any Error) {
  let line = Array("\(error)\n".utf8)
  _ = write(STDERR_FILENO, line, line.count)
}
