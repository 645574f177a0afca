import ArgumentTable
import CProcess
import Glibc

/// The two ends of a pipe that no program inherits by chance.
struct Pipe {
  let reading: Int32
  let writing: Int32

  init() throws(DemoError) {
    var ends: [Int32] = [-1, -1]
    guard confab_pipe(&ends) == 0 else {
      throw DemoError(.internal, "no pipe can be made: \(String(cString: strerror(errno)))")
    }
    (reading, writing) = (ends[0], ends[1])
  }
}
