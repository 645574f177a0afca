import CProcess

/// What of this process's memory may ever reach a disk.
public enum MemoryDumps {
  /// Forbids dumps of this process for good: it holds tokens and keys, and a crash must not write them anywhere.
  ///
  /// A limit of zero alone would not do, for a handler that the system pipes dumps to ignores it.
  public static func forbid() {
    confab_forbid_dumps()
  }
}
