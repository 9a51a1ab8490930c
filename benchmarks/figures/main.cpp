#include "figures/Measures.h"

#include <exception>
#include <filesystem>
#include <iostream>

/// Measures every stage and draws docs/images/sound: `sound_figures FOLDER`.
int main(int argumentCount, char** arguments)
{
    if (argumentCount != 2)
    {
        std::cerr << "Say which folder the pictures shall go to: sound_figures FOLDER\n";
        return 2;
    }
    try
    {
        std::filesystem::create_directories(arguments[1]);
        tonewright::figures::Album album(arguments[1]);
        for (const auto draw : {tonewright::figures::drawAmps, tonewright::figures::drawPedals,
                                tonewright::figures::drawMovement, tonewright::figures::drawSpaces})
            draw(album);
        return album.isComplete() ? 0 : 1;
    }
    catch (const std::exception& error)
    {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
