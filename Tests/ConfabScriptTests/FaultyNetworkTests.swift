import ACSTypes
import ScriptKit
import Services
import Synchronization
import Testing

@testable import confab_script

@Suite("A network on which a script lets things go wrong")
struct FaultyNetworkTests {
  /// A service that counts what arrives, and numbers its answers.
  private final class Counter: HTTPExchange, MessageSocketConnector {
    let count = Mutex(0)

    func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
      let number = count.withLock { count in
        count += 1
        return count
      }
      return HTTPResponse(status: 200, body: Array("\(number)".utf8))
    }

    func connect(_ request: HTTPRequest) async throws -> any MessageSocket {
      throw TransportError(.cannotConnect, "there are no sockets")
    }
  }

  private let service = Counter()
  private let network: FaultyNetwork
  private var request = HTTPRequest(
    method: "GET", origin: "http://127.0.0.1:9", target: "/chat/threads?api-version=1")

  init() {
    network = FaultyNetwork(name: "Alice", exchange: service, connector: service)
    request.timeout = .milliseconds(30)
  }

  private var arrived: Int { service.count.withLock { $0 } }

  @Test("hands on what nothing is wrong with, and writes it down")
  func clear() async throws {
    #expect(try await network.exchange(request).body == Array("1".utf8))
    #expect(network.log.requests.map(\.status) == [200] && network.isQuiet)
  }

  @Test("answers in the service's place, and says how long to wait")
  func answers() async throws {
    network.add(FaultRule(.chat, .answers(status: 429, retryAfter: .seconds(7))))
    let response = try await network.exchange(request)
    #expect(response.status == 429 && response.headers["Retry-After"] == "7" && arrived == 0)
  }

  @Test(
    "fails in the way that is asked for, and lets arrive what is to arrive",
    arguments: [
      (FaultRule.Effect.isDown, TransportError.Code.cannotConnect, 0),
      (.losesRequests, .timedOut, 0), (.losesAnswers, .timedOut, 1), (.resets, .interrupted, 1),
      (.isSlow(.seconds(60)), .timedOut, 0),
    ])
  func failures(effect: FaultRule.Effect, code: TransportError.Code, count: Int) async {
    network.add(FaultRule(.network, effect))
    let error = await #expect(throws: TransportError.self) {
      try await network.exchange(request)
    }
    #expect(error?.code == code && arrived == count)
    #expect(network.log.requests.map(\.status) == [nil] && network.isQuiet)
  }

  @Test("a request that is doubled arrives twice, an old answer comes without one")
  func doubled() async throws {
    #expect(try await network.exchange(request).body == Array("1".utf8))
    network.add(FaultRule(.chat, .duplicates))
    #expect(try await network.exchange(request).body == Array("3".utf8))
    network.add(FaultRule(.chat, .repeatsOldAnswers))
    #expect(try await network.exchange(request).body == Array("1".utf8) && arrived == 3)
  }

  @Test("strikes those that it is for, and as often as it is meant to")
  func scope() async throws {
    var others = FaultRule(.network, .answers(status: 503, retryAfter: nil))
    others.people = ["Bob"]
    network.add(others)
    network.add(FaultRule(.tokenService, .answers(status: 503, retryAfter: nil)))
    #expect(try await network.exchange(request).status == 200)
    var twice = FaultRule(.chat, .answers(status: 500, retryAfter: nil))
    twice.remaining = 2
    network.add(twice)
    var statuses: [Int] = []
    for _ in 0..<3 { statuses.append(try await network.exchange(request).status) }
    #expect(statuses == [500, 500, 200])
    network.add(FaultRule(.chat, .isDown))
    network.clearFaults()
    #expect(try await network.exchange(request).status == 200)
  }
}
