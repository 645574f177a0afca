public import ACSTypes

/// Where and how to ask for a user access token (WIRE 9).
///
/// `{user}`, `{scope}` and `{userId}` in the address, the query, the body and the header fields are replaced by the user's
/// name, by the scopes joined with commas and by the user's identity, which is empty before the first token, encoded for
/// the place where they stand. Unless ``query`` says what is in the query, what the address has no place for is added
/// to it by the names `user` and `scope`.
public struct TokenServiceSettings: Hashable, Sendable {
  /// How the token service is asked.
  public enum Method: String, Hashable, Sendable {
    /// All is in the address.
    case get = "GET"
    /// The user's name and the scopes are in the body.
    case post = "POST"
    /// As ``post``.
    case put = "PUT"
  }

  /// A header field that the token service asks for; its value may be a key.
  public struct Header: Hashable, Sendable {
    /// The field's name.
    public var name: String
    /// Where its value comes from; read for each request.
    public var source: SecretSource

    /// A header field.
    public init(name: String, source: SecretSource) {
      self.name = name
      self.source = source
    }

    /// A header field with a value that is known already.
    public init(name: String, value: Secret) {
      self.init(name: name, source: .given(value))
    }
  }

  /// A member of the query.
  public struct QueryMember: Hashable, Sendable {
    /// The member's name.
    public var name: String
    /// The member's value, perhaps with places to be filled; not encoded.
    public var value: String

    /// A member.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The address, `http` or `https`.
  public var url: String
  /// How it is asked.
  public var method: Method
  /// What is added to the address's query; `nil` adds `user` and `scope` to a `GET`.
  public var query: [QueryMember]?
  /// Further header fields, which replace ours of the same name.
  public var headers: [Header]
  /// What a `POST` sends: JSON when it begins with a brace or a bracket, else a form.
  ///
  /// `nil` sends `{"user":…,"scope":…}`.
  public var body: String?
  /// The name by which the token service knows the user; empty for one that asks for none.
  public var userName: String
  /// What the token is to be used for; empty leaves it to the token service.
  public var scopes: [TokenScope]
  /// Where a known user's next token comes from; `nil` asks ``url`` again.
  ///
  /// It is sent a `POST` without a body, `{userId}` replaced by the identity, which is appended where there is no such
  /// place.
  public var refreshURL: String?
  /// How long to wait for the whole answer.
  public var timeout: Duration

  /// Settings; the defaults are those of `confab serve`.
  public init(
    url: String, method: Method = .get, query: [QueryMember]? = nil, headers: [Header] = [],
    body: String? = nil, userName: String, scopes: [TokenScope] = [.chat, .voip],
    refreshURL: String? = nil, timeout: Duration = .seconds(10)
  ) {
    self.url = url
    self.method = method
    self.query = query
    self.headers = headers
    self.body = body
    self.userName = userName
    self.scopes = scopes
    self.refreshURL = refreshURL
    self.timeout = timeout
  }
}
