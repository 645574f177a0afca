import ArgumentTable
import BenchProgram

BenchProgram.run(commandTable) { arguments in
  switch arguments.command.last {
  case "allocations": return reportAllocations().rawValue
  case "recording": return try recording().tell(isChecked: arguments.flag("check"))
  default:
    return speed(
      events: arguments.integer("events") ?? 0, threads: arguments.integer("threads") ?? 1,
      rounds: arguments.integer("rounds") ?? 1
    ).tell(isChecked: arguments.flag("check"))
  }
}
