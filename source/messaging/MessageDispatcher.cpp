#include "messaging/MessageDispatcher.h"

namespace tonewright
{

std::size_t MessageDispatcher::dispatch()
{
    assertThreadRole(ThreadRole::message);
    std::size_t handled = 0;
    for (Message message; handled < batchSize && incoming.tryPop(message); ++handled)
        std::visit([this](const auto& content) { receiver.handle(content); }, message);
    return handled;
}

} // namespace tonewright
