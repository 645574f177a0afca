import ArgumentTable
import BenchProgram

BenchProgram.run(commandTable) { arguments in
  let frames = arguments.integer("frames") ?? 0
  let rounds = arguments.integer("rounds") ?? 1
  let rates = (0..<rounds).compactMap { _ in measure(frames: frames) }
  guard rates.count == rounds else {
    BenchProgram.complain("not every frame was told as an event")
    return ExitCode.internal.rawValue
  }
  return [
    Figure(
      "real-time frames at the transport port, one core, a second", rates.median, "",
      atLeast: 15_000)
  ].tell(isChecked: arguments.flag("check"))
}
