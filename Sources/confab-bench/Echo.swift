import BenchProgram

/// What typing costs: the time until a key's character is on the terminal, and the bytes sent for it.
struct Echo: Sendable {
  var times = Samples()
  var bytes = 0

  var bytesPerCharacter: Double {
    times.values.isEmpty ? 0 : Double(bytes) / Double(times.values.count)
  }
}

/// Types `keys` letters into each program, in turns of one block.
///
/// After each block the letters are deleted again, uncounted, so that the composer stays on one row.
func echo(of programs: [Program], keys: Int) throws -> [Echo] {
  let runs = try programs.map { program in
    let run = try Run(program)
    try run.await(program.readyText, within: .seconds(20), of: program)
    run.drain(quiet: .milliseconds(500))
    return run
  }
  let block = 40
  var result = programs.map { _ in Echo() }
  for first in stride(from: 0, to: keys, by: block) {
    for (index, run) in runs.enumerated() {
      let count = min(block, keys - first)
      for key in first..<first + count {
        let letter = UInt8(97 + key * 7 % 26)
        try type(letter, into: run, &result[index], of: programs[index])
      }
      run.send([UInt8](repeating: 0x7F, count: count))
      run.drain(quiet: .milliseconds(20))
    }
  }
  runs.forEach { $0.end() }
  return result
}

private func type(
  _ letter: UInt8, into run: Run, _ echo: inout Echo, of program: Program
) throws {
  let begin = ContinuousClock.now
  run.send([letter])
  var seen = false
  while let bytes = run.read(within: seen ? .milliseconds(2) : .seconds(2)) {
    if !seen, bytes.contains(letter) {
      echo.times.add(ContinuousClock.now - begin)
      seen = true
    }
    echo.bytes += bytes.count
  }
  guard seen else {
    throw BenchError(description: "\(program.name) did not echo a key within 2 s")
  }
}
