# Fails when the test program holds fewer tests than it should: a program without tests passes too.
#   cmake -D PROGRAM=<path> -D AT_LEAST=<count> -P CheckTestCount.cmake
execute_process(COMMAND "${PROGRAM}" --gtest_list_tests OUTPUT_VARIABLE listing COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "\n  [^\n]+" tests "${listing}")
list(LENGTH tests count)
if(count LESS AT_LEAST)
  message(FATAL_ERROR "${PROGRAM} holds ${count} tests, expected at least ${AT_LEAST}: is a file missing in tests/CMakeLists.txt?")
endif()
message(STATUS "${count} tests, at least ${AT_LEAST} expected")
