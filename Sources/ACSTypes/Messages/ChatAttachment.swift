/// A file or an image that came with a message, from somebody in Teams.
public struct ChatAttachment: Hashable, Sendable, Codable {
  /// What it is.
  public enum Kind: String, Hashable, Sendable, Codable {
    /// An image, shown in the message's HTML.
    case image
    /// A file, kept in SharePoint.
    case file
    /// What this version does not know.
    case unknown
  }

  /// The id within the message.
  public var id: String
  /// What it is.
  public var kind: Kind
  /// The file's name; may hold any text, hostile ones included; `nil` when the service gave none.
  public var name: String?
  /// Where its bytes are; an image of ACS needs the user's token, a file of SharePoint another sign-in.
  public var url: String?

  /// An attachment.
  public init(id: String, kind: Kind, name: String? = nil, url: String? = nil) {
    self.id = id
    self.kind = kind
    self.name = name
    self.url = url
  }
}
