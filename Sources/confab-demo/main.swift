import Executor
import Glibc

MemoryDumps.forbid()
exit(Program.run(Array(CommandLine.arguments.dropFirst())))
