/// How long things take in a world in which nothing goes wrong.
public struct WorldPace: Hashable, Sendable {
  /// One way of a request, an answer or a frame of a socket.
  public var network: ClosedRange<Duration>
  /// A save or a reading at a client's disk.
  public var clientDisk: ClosedRange<Duration>
  /// A commit at the emulator's disk.
  public var serverDisk: Duration

  /// As on machines near each other.
  public static let usual = WorldPace(
    network: .milliseconds(5)...Duration.milliseconds(60),
    clientDisk: .milliseconds(2)...Duration.milliseconds(15), serverDisk: .milliseconds(3))

  /// Nothing takes any time: whatever can happen has happened once the world has settled.
  public static let instant = WorldPace(
    network: .zero ... .zero, clientDisk: .zero ... .zero, serverDisk: .zero)
}
