import ACSTypes
import Services

/// Names that the trusted service's directory has for people whom neither messages nor threads name.
///
/// It is asked about somebody once. One that does not answer is left alone for a while, and nothing is said of it.
struct DirectoryNames: Sendable {
  /// About so many is asked at once.
  static let batch = 20
  /// So many people are asked about in all.
  static let limit = 500
  /// How long a request may take: names are no reason to wait.
  static let patience = Duration.seconds(3)
  /// How long a directory is left alone that did not answer.
  private static let pause = Duration.seconds(300)

  private let directory: (any Directory)?
  private let clock: any WallClock
  private var names: [CommunicationIdentifier: String] = [:]
  /// Those about whom the directory has answered, whether it knows them or not.
  private var met: Set<CommunicationIdentifier> = []
  private var closedUntil: Timestamp?

  /// Of `directory`; `nil` where none is configured.
  init(_ directory: (any Directory)?, clock: any WallClock) {
    self.directory = directory
    self.clock = clock
  }

  /// What the directory calls somebody about whom was asked.
  subscript(_ person: CommunicationIdentifier) -> String? { names[person] }

  /// Asks about those of `people` about whom nobody asked before.
  mutating func ask(about people: [CommunicationIdentifier]) async {
    guard let directory else { return }
    var seen: Set<CommunicationIdentifier> = []
    var rest = people.filter {
      $0.kind == .communicationUser && !met.contains($0) && seen.insert($0).inserted
    }.prefix(max(0, DirectoryNames.limit - met.count))
    while !rest.isEmpty, closedUntil.map({ $0 <= clock.now }) ?? true {
      let asked = rest.prefix(DirectoryNames.batch)
      rest = rest.dropFirst(DirectoryNames.batch)
      do {
        // One that does not know this question may answer another.
        for person in try await directory.people(Array(asked))
        where asked.contains(person.identifier) && !person.displayName.isEmpty {
          names[person.identifier] = person.displayName
        }
        met.formUnion(asked)
      } catch {
        let wanted = (error as? ServiceError)?.retryAfter ?? .zero
        closedUntil = clock.now + max(wanted, DirectoryNames.pause)
      }
    }
  }
}
