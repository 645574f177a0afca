import ACSClient
import ACSTypes
import TestKit
import Testing

@Suite("TrustedServiceDirectory")
struct TrustedServiceDirectoryTests {
  private func directory(_ user: SignedIn, _ url: String = "http://127.0.0.1:7760") throws
    -> TrustedServiceDirectory
  {
    try TrustedServiceDirectory(url: url, exchange: user.exchange)
  }

  @Test(
    "people are found by name",
    arguments: [
      ("http://127.0.0.1:7760", "http://127.0.0.1:7760/users?q=B%20%26"),
      ("http://127.0.0.1:7760/users", "http://127.0.0.1:7760/users?q=B%20%26"),
      ("http://127.0.0.1:7760/", "http://127.0.0.1:7760/users?q=B%20%26"),
      ("https://example.com/api/", "https://example.com/api/users?q=B%20%26"),
    ])
  func people(url: String, asked: String) async throws {
    let user = try SignedIn([
      .answer(
        "GET", asked, body: #"{"users":[{"id":"8:acs:b","displayName":"Bob"},{"id":"8:acs:c"}]}"#)
    ])
    let people = try await directory(user, url).people(matching: "B &")
    #expect(people.map(\.identifier.rawID) == ["8:acs:b", "8:acs:c"])
    #expect(people.map(\.displayName) == ["Bob", ""])
    user.expectPlayed()
  }

  @Test("people are found by their ids, and an older service by such a name finds nobody")
  func byID() async throws {
    let user = try SignedIn([
      .answer(
        "GET", "http://127.0.0.1:7760/users?ids=8%3Aacs%3Ab,8%3Aacs%3Ac&q=8%3Aacs%3Ab",
        body: #"{"users":[{"id":"8:acs:b","displayName":"Bob"}]}"#)
    ])
    let ids = ["8:acs:b", "8:acs:c"].map { CommunicationIdentifier(rawID: $0) }
    let people = try await directory(user).people(ids)
    #expect(people == [Person(identifier: ids[0], displayName: "Bob")])
    #expect(try await directory(user).people([]).isEmpty)
    user.expectPlayed()
  }

  @Test("at most 50 people are taken")
  func limit() async throws {
    let entries = (0..<80).map { #"{"id":"8:acs:\#($0)"}"# }.joined(separator: ",")
    let user = try SignedIn([
      .answer("GET", "http://127.0.0.1:7760/users?q=", body: #"{"users":[\#(entries)]}"#)
    ])
    #expect(try await directory(user).people(matching: "").count == 50)
  }

  @Test("a bad entry is named")
  func badEntry() async throws {
    let user = try SignedIn([
      .answer("GET", "http://127.0.0.1:7760/users?q=x", body: #"{"users":[{"id":"8:acs:b"},{}]}"#)
    ])
    let error = await #expect(throws: ServiceError.self) {
      try await directory(user).people(matching: "x")
    }
    #expect(
      error?.message == """
        Failed looking for people: the answer cannot be understood. users[1].id: This is required and missing.
        """)
  }

  @Test("an address that is none", arguments: ["", "example.com", "http://example.com/?x=1"])
  func badAddress(url: String) throws {
    let user = try SignedIn(tokens: [], [])
    let error = #expect(throws: ServiceError.self) { try directory(user, url) }
    #expect(error?.code == .badSettings)
  }
}
