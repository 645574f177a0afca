import Glibc

/// Whole lines to standard output and standard error, each in one write.
public enum StandardStreams {
  /// A line to standard output, for programs.
  public static func output(_ line: String) {
    write(line, to: STDOUT_FILENO)
  }

  /// A line to standard error, for people.
  public static func error(_ line: String) {
    write(line, to: STDERR_FILENO)
  }

  private static func write(_ line: String, to descriptor: Int32) {
    let bytes = Array("\(line)\n".utf8)
    _ = Glibc.write(descriptor, bytes, bytes.count)
  }
}
