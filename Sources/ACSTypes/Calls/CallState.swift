/// The ten states of a call, by the calling SDKs' names (CALLING 3.3).
public enum CallState: String, Hashable, Sendable, Codable, CaseIterable {
  /// While the call is not yet started, or its state is not known.
  case none
  /// While the call is being set up.
  case connecting
  /// While the other side rings.
  case ringing
  /// While an announcement plays before the call connects.
  case earlyMedia
  /// While people talk.
  case connected
  /// While this side holds the call.
  case localHold
  /// While the other side holds the call.
  case remoteHold
  /// While waiting to be admitted.
  case inLobby
  /// After hang-up, until the service confirms.
  case disconnecting
  /// After the end; final.
  case disconnected
}

/// Why a call ended: the service's pair of codes and its words (CALLING 4).
public struct CallEndReason: Hashable, Sendable, Codable {
  /// The main code, as HTTP or SIP count: 0, 200, 487, 603, ….
  public var code: Int
  /// The finer code.
  public var subCode: Int
  /// The service's words; may be empty.
  public var message: String

  /// A reason.
  public init(code: Int, subCode: Int, message: String = "") {
    self.code = code
    self.subCode = subCode
    self.message = message
  }
}
