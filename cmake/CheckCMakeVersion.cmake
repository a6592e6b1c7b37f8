# cmake -P CheckCMakeVersion.cmake: fails when this CMake is older than the project needs.
cmake_minimum_required(VERSION 3.25)
