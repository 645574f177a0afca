import Executor

MemoryDumps.forbid()
ProgramEnd.leave(with: Program.run(Array(CommandLine.arguments.dropFirst())))
