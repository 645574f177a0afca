/// What a participant of a room may do in it.
public struct RoomRole: Hashable, Sendable, RawRepresentable {
  /// The role as the service writes it.
  public var rawValue: String

  /// Takes any text; unknown roles are kept.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Leads the meeting.
  public static let presenter = RoomRole(rawValue: "Presenter")
  /// Takes part; what the service gives to those for whom no role is named.
  public static let attendee = RoomRole(rawValue: "Attendee")
  /// Only watches and listens.
  public static let consumer = RoomRole(rawValue: "Consumer")
  /// Between presenter and attendee; known to the service since api-version 2025-03-13.
  public static let collaborator = RoomRole(rawValue: "Collaborator")
}
