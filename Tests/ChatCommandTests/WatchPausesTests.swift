import Testing

@testable import confab

@Suite("Pauses between readings")
struct WatchPausesTests {
  @Test("one runs at a time, and a shorter one takes the place of a longer")
  func shorter() {
    var pauses = WatchPauses()
    var numbers = [pauses.ended(0) ? 0 : -1]
    for seconds in [60, 60, 1, 2] { numbers.append(pauses.begin(.seconds(seconds)) ?? -1) }
    #expect(numbers == [0, 1, -1, 2, -1])
    var ends = [pauses.ended(1), pauses.ended(2)]
    #expect(ends == [false, true])
    let next = pauses.begin(.seconds(60))
    #expect(next == 3)
    ends = [pauses.ended(1), pauses.ended(3)]
    #expect(ends == [false, true])
  }

  @Test("what happens before the first reading begins no second pause for it")
  func first() {
    var pauses = WatchPauses()
    let early = pauses.begin(.seconds(60))
    #expect(early == nil)
    let ends = [pauses.ended(0), pauses.ended(0)]
    #expect(ends == [true, false])
  }
}
