import BenchProgram

/// The time from starting a program until its whole first screen is there.
///
/// The programs take turns, so that both meet the same machine; the first turn warms the caches and is
/// not counted. Starts follow each other without a pause: a machine that has gone to sleep in between is not warm.
func firstPaint(of programs: [Program], starts: Int) throws -> [Samples] {
  var samples = programs.map { _ in Samples() }
  for turn in 0...starts {
    for (index, program) in programs.enumerated() {
      let begin = ContinuousClock.now
      let run = try Run(program)
      try run.await(program.readyText, within: .seconds(20), of: program)
      let time = ContinuousClock.now - begin
      if turn > 0 { samples[index].add(time) }
      run.end()
    }
  }
  return samples
}
