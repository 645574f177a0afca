public import ACSTypes
public import Services

/// The people that this service knows: callers' names, their ACS identities, the names to show, and what tokens they
/// were given.
///
/// ACS has no directory, so this is the only place where a name leads to an identity. What a method wrote outlives a
/// killed process when it returns. A name has one identity at a time, whichever instance of the service is asked.
public protocol UserStore: Sendable {
  /// The person who goes by `name`; `nil` when nobody does.
  func person(named name: CallerName) async throws(StoreError) -> Person?

  /// The person with `identity`; `nil` when this service did not make it, or was told to erase it.
  func person(with identity: CommunicationIdentifier) async throws(StoreError) -> Person?

  /// All that is kept of one person; `nil` for nobody.
  func user(_ key: UserKey) async throws(StoreError) -> UserRecord?

  /// Asks to be the one who makes an identity for `name`; waits while another instance does.
  ///
  /// Who was granted it adds the person or releases the claim; a claim of an instance that died lapses. `old` is the
  /// identity that the service no longer has, if that is why.
  func claim(
    _ name: CallerName, replacing old: CommunicationIdentifier?
  ) async throws(StoreError) -> NameClaim

  /// Gives a claim back without an identity.
  func release(_ name: CallerName) async throws(StoreError)

  /// Keeps a new identity, unless another one than `old` has the name by now.
  ///
  /// Without a name it is a person for whom nobody can ask again.
  ///
  /// - Returns: Who has the name from now on: `person`, or the one who was first.
  func add(
    _ person: Person, name: CallerName?, replacing old: CommunicationIdentifier?, now: Timestamp
  ) async throws(StoreError) -> Person

  /// Changes the name to show.
  func rename(
    _ identity: CommunicationIdentifier, to displayName: String
  ) async throws(StoreError)

  /// People whose name to show holds `text` in whatever case, by name; everybody with a name for an empty text.
  ///
  /// No character of `text` has a meaning of its own.
  func people(matching text: String, limit: Int) async throws(StoreError) -> [Person]

  /// The names to show of those among `identities` that this service knows.
  func displayNames(
    of identities: [CommunicationIdentifier]
  ) async throws(StoreError) -> [CommunicationIdentifier: String]

  /// Everybody, the longest known first; `last` is the last one of the page before, `nil` for the first page.
  func users(after last: UserRecord?, limit: Int) async throws(StoreError) -> [UserRecord]

  /// Keeps that a token was issued.
  ///
  /// - Returns: False when the person was erased meanwhile; then nothing is kept and the token is worth nothing.
  func record(_ token: TokenRecord) async throws(StoreError) -> Bool

  /// The tokens that `user` was given, the newest first; those of identities that the name had before, too.
  func tokens(of user: UserKey, limit: Int) async throws(StoreError) -> [TokenRecord]

  /// Forgets tokens that expired before `time`; at most `limit` of them, so that nobody waits for long.
  ///
  /// - Returns: How many it forgot.
  func forgetTokens(expiredBefore time: Timestamp, limit: Int) async throws(StoreError) -> Int

  /// Keeps that the tokens of an identity were revoked.
  func record(_ revocation: Revocation) async throws(StoreError)

  /// When tokens of `user` were revoked, the newest first.
  func revocations(of user: UserKey) async throws(StoreError) -> [Revocation]

  /// Takes a person out of the directory and keeps that the identity is still to be deleted at ACS.
  ///
  /// From then on the name is free and the identity gets no tokens; a second time changes nothing.
  ///
  /// - Returns: False when this service does not know the identity.
  func beginErasure(
    of identity: CommunicationIdentifier, now: Timestamp
  ) async throws(StoreError) -> Bool

  /// Forgets the identity and all that was kept about it, once ACS has deleted it.
  func endErasure(of identity: CommunicationIdentifier) async throws(StoreError)

  /// Erasures that began and did not end, the longest waiting first.
  func erasures() async throws(StoreError) -> [PendingErasure]

  /// Whether the store can be used now.
  func check() async throws(StoreError)
}
