import Executor
import Glibc
import Testing

@Suite("Signals that are waited for")
struct SignalSetTests {
  @Test("a signal that is held back is taken by who waits for it, whichever of the set it is")
  func taken() {
    let taken = Signal<[Int32]>([])
    PosixThread(name: "signals") {
      let set = SignalSet(SIGUSR1, SIGUSR2)
      set.block()
      for signal in [SIGUSR2, SIGUSR1] {
        raise(signal)
        let next = set.next()
        taken.change { $0.append(next) }
      }
    }.detach()
    #expect(
      taken.wait(upTo: .seconds(60)) { $0.count == 2 ? $0 : nil } == [SIGUSR2, SIGUSR1])
  }

  @Test("blocking tells what was held back before, and unblocking ends it")
  func mask() {
    let held = Signal<[Bool]?>(nil)
    PosixThread(name: "signals") {
      func holds(_ mask: sigset_t) -> Bool {
        var mask = mask
        return sigismember(&mask, SIGUSR1) == 1
      }
      let set = SignalSet(SIGUSR1)
      // Such a thread begins with every signal held back.
      set.unblock()
      let masks = [set.block(), set.block()]
      set.unblock()
      let states = (masks + [set.block()]).map(holds)
      held.change { $0 = states }
    }.detach()
    #expect(held.wait(upTo: .seconds(60)) { $0 } == [false, true, false])
  }
}
