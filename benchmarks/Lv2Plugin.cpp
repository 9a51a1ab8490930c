#include "Lv2Plugin.h"

#include <lilv/lilv.h>
#include <lv2/atom/atom.h>
#include <lv2/buf-size/buf-size.h>
#include <lv2/options/options.h>
#include <lv2/urid/urid.h>
#include <lv2/worker/worker.h>

#include <algorithm>
#include <cstring>
#include <map>

namespace tonewright::bench
{
namespace
{
constexpr int longestBlock = 512;

/// The installed plugins, read once.
LilvWorld* world()
{
    static const std::unique_ptr<LilvWorld, decltype(&lilv_world_free)> loaded(
        [] { // the world is big: read it at the first question
            auto* made = lilv_world_new();
            lilv_world_load_all(made);
            return made;
        }(),
        lilv_world_free);
    return loaded.get();
}

LV2_URID idOf(LV2_URID_Map_Handle, const char* uri)
{
    static std::map<std::string, LV2_URID> ids;
    return ids.try_emplace(uri, static_cast<LV2_URID>(ids.size() + 1)).first->second;
}

bool is(const LilvPlugin* plugin, const LilvPort* port, const char* what)
{
    LilvNode* const node = lilv_new_uri(world(), what);
    const bool answer = lilv_port_is_a(plugin, port, node);
    lilv_node_free(node);
    return answer;
}
} // namespace

struct Lv2Plugin::Parts
{
    LilvInstance* instance = nullptr;
    const LV2_Worker_Interface* worker = nullptr;
    std::vector<float> values;                     ///< of the control ports, by port
    std::vector<std::vector<std::uint64_t>> atoms; ///< memory of the other ports
    std::vector<std::uint32_t> inputs;
    std::vector<std::uint32_t> outputs;
    std::array<std::vector<float>, 2> silence;
    std::vector<std::vector<std::byte>> work; ///< asked for in the last run

    std::int32_t longest = longestBlock;
    LV2_URID_Map map{nullptr, idOf};
    LV2_Worker_Schedule schedule{this, schedules};
    std::array<LV2_Options_Option, 3> options{};

    static LV2_Worker_Status schedules(LV2_Worker_Schedule_Handle self, std::uint32_t size, const void* data)
    {
        const auto* const bytes = static_cast<const std::byte*>(data);
        static_cast<Parts*>(self)->work.emplace_back(bytes, bytes + size);
        return LV2_WORKER_SUCCESS;
    }

    static LV2_Worker_Status responds(LV2_Worker_Respond_Handle self, std::uint32_t size, const void* data)
    {
        auto& parts = *static_cast<Parts*>(self);
        if (parts.worker->work_response != nullptr)
            parts.worker->work_response(lilv_instance_get_handle(parts.instance), size, data);
        return LV2_WORKER_SUCCESS;
    }

    void doWork()
    {
        const auto jobs = std::exchange(work, {});
        if (worker != nullptr)
            for (const auto& job : jobs)
                worker->work(lilv_instance_get_handle(instance), responds, this,
                             static_cast<std::uint32_t>(job.size()), job.data());
    }
};

std::unique_ptr<Lv2Plugin> Lv2Plugin::load(const std::string& uri, double sampleRate,
                                           const Controls& controls)
{
    LilvNode* const node = lilv_new_uri(world(), uri.c_str());
    const auto* const plugin = lilv_plugins_get_by_uri(lilv_world_get_all_plugins(world()), node);
    lilv_node_free(node);
    if (plugin == nullptr)
        return nullptr;

    auto parts = std::make_unique<Parts>();
    const auto sizeOption = [&](const char* name)
    {
        return LV2_Options_Option{LV2_OPTIONS_INSTANCE,         0,
                                  idOf(nullptr, name),          sizeof(std::int32_t),
                                  idOf(nullptr, LV2_ATOM__Int), &parts->longest};
    };
    parts->options = {sizeOption(LV2_BUF_SIZE__maxBlockLength), sizeOption(LV2_BUF_SIZE__minBlockLength), {}};
    const LV2_Feature map{LV2_URID__map, &parts->map};
    const LV2_Feature schedule{LV2_WORKER__schedule, &parts->schedule};
    const LV2_Feature options{LV2_OPTIONS__options, parts->options.data()};
    const LV2_Feature bounded{LV2_BUF_SIZE__boundedBlockLength, nullptr};
    const LV2_Feature* const features[] = {&map, &schedule, &options, &bounded, nullptr};
    parts->instance = lilv_plugin_instantiate(plugin, sampleRate, features);
    if (parts->instance == nullptr)
        return nullptr;
    parts->worker = static_cast<const LV2_Worker_Interface*>(
        lilv_instance_get_extension_data(parts->instance, LV2_WORKER__interface));

    const auto portCount = lilv_plugin_get_num_ports(plugin);
    parts->values.resize(portCount);
    parts->atoms.resize(portCount);
    std::vector<float> defaults(portCount);
    lilv_plugin_get_port_ranges_float(plugin, nullptr, nullptr, defaults.data());
    for (std::uint32_t index = 0; index < portCount; ++index)
    {
        const auto* const port = lilv_plugin_get_port_by_index(plugin, index);
        if (is(plugin, port, LILV_URI_AUDIO_PORT))
        {
            (is(plugin, port, LILV_URI_INPUT_PORT) ? parts->inputs : parts->outputs).push_back(index);
            continue;
        }
        if (!is(plugin, port, LILV_URI_CONTROL_PORT))
        {
            // An empty sequence for an input, room for one for an output.
            auto& memory = parts->atoms[index];
            memory.assign(1024, 0);
            auto* const sequence = reinterpret_cast<LV2_Atom_Sequence*>(memory.data());
            sequence->atom = {sizeof(LV2_Atom_Sequence_Body), idOf(nullptr, LV2_ATOM__Sequence)};
            lilv_instance_connect_port(parts->instance, index, memory.data());
            continue;
        }
        parts->values[index] = defaults[index];
        const std::string symbol = lilv_node_as_string(lilv_port_get_symbol(plugin, port));
        for (const auto& [name, value] : controls)
            if (symbol == name)
                parts->values[index] = value;
        lilv_instance_connect_port(parts->instance, index, &parts->values[index]);
    }
    if (parts->inputs.empty() || parts->inputs.size() > 2 || parts->inputs.size() != parts->outputs.size())
        return nullptr;
    lilv_instance_activate(parts->instance);
    return std::unique_ptr<Lv2Plugin>(new Lv2Plugin(std::move(parts)));
}

Lv2Plugin::Lv2Plugin(std::unique_ptr<Parts> made) : parts(std::move(made))
{
}

Lv2Plugin::~Lv2Plugin()
{
    lilv_instance_deactivate(parts->instance);
    lilv_instance_free(parts->instance);
}

std::size_t Lv2Plugin::channelCount() const
{
    return parts->inputs.size();
}

void Lv2Plugin::process(std::array<float*, 2> channels, int frames)
{
    for (std::size_t index = 0; index < parts->inputs.size(); ++index)
    {
        lilv_instance_connect_port(parts->instance, parts->inputs[index], channels[index]);
        lilv_instance_connect_port(parts->instance, parts->outputs[index], channels[index]);
    }
    lilv_instance_run(parts->instance, static_cast<std::uint32_t>(frames));
    if (!parts->work.empty())
        parts->doWork();
    if (parts->worker != nullptr && parts->worker->end_run != nullptr)
        parts->worker->end_run(lilv_instance_get_handle(parts->instance));
}

} // namespace tonewright::bench
