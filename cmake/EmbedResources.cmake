# tonewright_embed(<target> <function> <base directory> <files...>)
# Compiles files into <target> as `std::span<const EmbeddedFile> tonewright::<function>()`, so that plugin and program find
# them wherever they are installed. The files stay the single source: edit, build, done.
function(tonewright_embed target function base)
    set(generated "${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp")
    set(script "${PROJECT_SOURCE_DIR}/cmake/WriteEmbedded.cmake")
    string(REPLACE ";" "|" files "${ARGN}")
    add_custom_command(
        OUTPUT "${generated}"
        COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${generated}" "-DFUNCTION=${function}" "-DBASE=${base}" "-DFILES=${files}" -P "${script}"
        DEPENDS ${ARGN} "${script}"
        COMMENT "Embedding ${function}"
        VERBATIM)
    target_sources(${target} PRIVATE "${generated}")
endfunction()
