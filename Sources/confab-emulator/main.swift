import Executor

MemoryDumps.forbid()
ProgramEnd.leave(with: EmulatorProgram.run(Array(CommandLine.arguments.dropFirst())))
