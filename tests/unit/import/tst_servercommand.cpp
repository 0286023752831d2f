#include "core/import/servercommandreader.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace stepscope;

namespace {

/// All that was understood, in one line: KEY=VALUE …, K=…, and behind "--" what was ignored.
QByteArray summary(const std::string& text)
{
    const Result<ServerCommand> command = parseServerCommand(text);
    if (!command)
        return "fault: " + QByteArray::fromStdString(command.error().detail);
    std::string line;
    for (const ContextValue& each : command->values)
        line += each.key + "=" + each.value + " ";
    if (command->speculativeTokens)
        line += "K=" + std::to_string(*command->speculativeTokens) + " ";
    line += "--";
    for (const std::string& name : command->ignored)
        line += " " + name;
    return QByteArray::fromStdString(line);
}

QByteArray textOf(const std::string& text)
{
    const Result<ServerCommand> command = parseServerCommand(text);
    return command ? QByteArray::fromStdString(command->text) : QByteArray("fault");
}

const char* const longCommand =
    "$ docker run --gpus all -it --rm -v ~/.cache:/root/.cache -e HF_TOKEN=hf_abcdefghijklmnopqrst \\\n"
    "    -e VLLM_ATTENTION_BACKEND=FLASHINFER --ipc=host vllm/vllm-openai:v0.11.0 \\\n"
    "    --model org/GLM --served-model-name glm -tp 8 --max-model-len 8k --no-enable-prefix-caching \\\n"
    "    --compilation-config '{\"cudagraph_mode\": \"FULL\", \"pass_config\": {\"fuse\": true}}' \\\n"
    "    --speculative-config \"{\\\"method\\\":\\\"mtp\\\",\\\"num_speculative_tokens\\\":3}\" > log 2>&1 "
    "&\n";

} // namespace

class TestServerCommand : public QObject {
    Q_OBJECT

private slots:
    void understands_data();
    void understands();
    void keepsTheText();
    void keepsNoSecrets_data();
    void keepsNoSecrets();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void readsFiles();
    void largeInputsAreAnsweredSoon();
    void anyBytesAreAnswered();
};

void TestServerCommand::understands_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* text, const char* expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };

    // vLLM: what it documents for a silent command is stated, and nothing that depends on the version.
    row("bare", "vllm serve org/GLM", "model=org/GLM hf_path=org/GLM tp=1 dp=1 pp=1 ep=1 engine=vLLM --");
    row("long names",
        "vllm serve m --tensor-parallel-size 8 --pipeline-parallel-size=2 --data-parallel-size 4 --port 8000",
        "model=m hf_path=m tp=8 dp=4 pp=2 ep=1 engine=vLLM -- --port");
    row("short names", "vllm serve m -tp 8 -pp=2 -dp 4 -q fp8 -O3 -n 2",
        "model=m hf_path=m quantisation=fp8 tp=8 dp=4 pp=2 ep=1 engine=vLLM -- -O -n");
    row("underscores", "vllm serve m --tensor_parallel_size=8 --max_num_seqs 64",
        "model=m hf_path=m tp=8 dp=1 pp=1 ep=1 max_num_seqs=64 engine=vLLM --");
    row("abbreviated", "vllm serve m --tensor-parallel 8 --enforce --max-num 3",
        "model=m hf_path=m tp=8 dp=1 pp=1 ep=1 cudagraph_mode=NONE (eager) engine=vLLM -- --max-num");
    row("last one counts", "vllm serve m -tp 2 --tensor-parallel-size 4 --max-num-seqs=1 --max-num-seqs=2",
        "model=m hf_path=m tp=4 dp=1 pp=1 ep=1 max_num_seqs=2 engine=vLLM --");
    row("all server fields",
        "vllm serve m --max-num-seqs 32 --max-num-batched-tokens 16k --gpu-memory-utilization .90 "
        "--max-model-len 128K --kv-cache-dtype fp8_e4m3 --quantization modelopt_fp4 --async-scheduling "
        "--enable-prefix-caching --attention-backend FLASH_ATTN",
        "model=m hf_path=m quantisation=modelopt_fp4 kv_cache_dtype=fp8_e4m3 tp=1 dp=1 pp=1 ep=1 "
        "max_num_seqs=32 max_num_batched_tokens=16000 gpu_memory_utilization=.90 max_model_len=131072 "
        "async_scheduling=yes prefix_caching=yes engine=vLLM backend=FLASH_ATTN --");
    row("turned off", "vllm serve m --no-async-scheduling --no-enable-prefix-caching --no-enforce-eager",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 async_scheduling=no prefix_caching=no engine=vLLM --");
    row("turned off and on", "vllm serve m --no-async-scheduling --async-scheduling",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 async_scheduling=yes engine=vLLM --");
    row("sizes", "vllm serve m --max-model-len 25.6k --max-num-batched-tokens 1M",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 max_num_batched_tokens=1048576 max_model_len=25600 "
        "engine=vLLM --");
    row("sizes that are none", "vllm serve m --max-model-len auto --max-num-batched-tokens 1.5K",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 engine=vLLM -- --max-model-len --max-num-batched-tokens");
    row("length left to the engine", "vllm serve m --max-model-len -1 --seed -1",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 engine=vLLM -- --max-model-len --seed");
    row("numbers that are none", "vllm serve m -tp eight -dp 0 --gpu-memory-utilization 90",
        "model=m hf_path=m pp=1 ep=1 engine=vLLM -- --gpu-memory-utilization -dp -tp");
    row("expert parallel", "vllm serve m -tp 2 -dp 8 --enable-expert-parallel",
        "model=m hf_path=m tp=2 dp=8 pp=1 ep=16 engine=vLLM --");
    row("expert parallel of unknown size", "vllm serve m -tp $TP --enable-expert-parallel",
        "model=m hf_path=m dp=1 pp=1 engine=vLLM -- --enable-expert-parallel -tp");
    row("eager wins", "vllm serve m --enforce-eager --compilation-config '{\"cudagraph_mode\":\"FULL\"}'",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 cudagraph_mode=NONE (eager) engine=vLLM --");
    row("graph mode in JSON",
        "vllm serve m --compilation-config='{\"level\":3,\"cudagraph_mode\":\"FULL_AND_PIECEWISE\"}'",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 cudagraph_mode=FULL_AND_PIECEWISE engine=vLLM -- "
        "--compilation-config.level");
    row("graph mode by dots", "vllm serve m -O.cudagraph_mode=FULL_DECODE_ONLY -O.level=3",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 cudagraph_mode=FULL_DECODE_ONLY engine=vLLM -- -O.level");
    row("graph mode by long dots",
        "vllm serve m --compilation-config.cudagraph_mode PIECEWISE -cc.pass_config.fuse=true",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 cudagraph_mode=PIECEWISE engine=vLLM -- "
        "-cc.pass_config.fuse");
    row("last object counts",
        "vllm serve m -O '{\"cudagraph_mode\":\"FULL\"}' --compilation-config '{\"level\":3}'",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 engine=vLLM -- --compilation-config.level");
    row("dots replace the object", "vllm serve m -O.level=3 -O '{\"cudagraph_mode\":\"FULL\"}'",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 engine=vLLM -- -O -O.level");
    row("object of a variable", "vllm serve m --speculative-config \"{\\\"num_speculative_tokens\\\":$K}\"",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 engine=vLLM -- --speculative-config");
    row("damaged JSON", "vllm serve m --compilation-config '{cudagraph_mode: FULL}' -O '{\"level\": [[[['",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 engine=vLLM -- --compilation-config -O");
    row("drafts", "vllm serve m --speculative-config '{\"method\":\"mtp\",\"num_speculative_tokens\":3}'",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 engine=vLLM K=3 -- --speculative-config.method");
    row("drafts by dots", "vllm serve m --speculative-config.num_speculative_tokens 5",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 engine=vLLM K=5 --");
    row("drafts that are none", "vllm serve m --speculative-config '{\"num_speculative_tokens\":-3}'",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 engine=vLLM -- --speculative-config.num_speculative_tokens");
    row("attention in JSON", "vllm serve m --attention-config.backend=TRITON_ATTN",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 engine=vLLM backend=TRITON_ATTN --");

    // Where the model stands.
    row("model behind flags", "vllm serve --trust-remote-code --port 80 org/m -tp 2",
        "model=org/m hf_path=org/m tp=2 dp=1 pp=1 ep=1 engine=vLLM -- --port --trust-remote-code");
    row("model by option", "vllm serve --model=org/m --served-model-name name other --seed 1",
        "model=name hf_path=org/m tp=1 dp=1 pp=1 ep=1 engine=vLLM -- --seed");
    row("model behind a list", "vllm serve --cudagraph-capture-sizes 1 2 4 --model m",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 engine=vLLM -- --cudagraph-capture-sizes");

    // Variables are never values, and may hold more options.
    row("variables", "vllm serve $MODEL -tp $TP --max-num-seqs=${SEQS:-8} --max-model-len \"$(cat len)\"",
        "dp=1 pp=1 ep=1 engine=vLLM -- $MODEL --max-model-len --max-num-seqs -tp");
    row("name of a variable model", "vllm serve \"/models/$NAME\" --served-model-name glm",
        "model=glm tp=1 dp=1 pp=1 ep=1 engine=vLLM -- $NAME");
    row("options in a variable", "vllm serve m -pp 2 $EXTRA_ARGS",
        "model=m hf_path=m pp=2 engine=vLLM -- "
        "$EXTRA_ARGS");
    row("anything in a variable", "vllm serve m -pp 2 $TAIL", "model=m hf_path=m pp=2 engine=vLLM -- $TAIL");
    row("options in an array", "ARGS=(--tp 8)\nvllm serve m \"${ARGS[@]}\"",
        "model=m hf_path=m engine=vLLM -- $ARGS");
    row("options in a file", "vllm serve m --config serve.yaml -dp 2",
        "model=m hf_path=m dp=2 engine=vLLM -- --config");
    row("no variable", "vllm serve 'a$b' -q \\$c --kv-cache-dtype $'fp8'",
        "model=a$b hf_path=a$b quantisation=$c kv_cache_dtype=fp8 tp=1 dp=1 pp=1 ep=1 engine=vLLM --");
    row("variable comes last", "vllm serve m -tp 8 -tp $TP",
        "model=m hf_path=m dp=1 pp=1 ep=1 engine=vLLM -- -tp");

    // The shell's ways.
    row("prompt", "$ vllm serve m -tp 2", "model=m hf_path=m tp=2 dp=1 pp=1 ep=1 engine=vLLM --");
    row("root's prompt", "# vllm serve m -tp 2", "model=m hf_path=m tp=2 dp=1 pp=1 ep=1 engine=vLLM --");
    row("long prompt", "root@node-1:~# vllm serve m", "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 engine=vLLM --");
    row("comments", "# vllm serve other\nvllm serve m -tp 2 # -tp 4\n",
        "model=m hf_path=m tp=2 dp=1 pp=1 ep=1 engine=vLLM --");
    row("continued lines", "vllm serve m \\\n  -tp 2 \\  \n  --max-num-seqs \\\n 4 \\",
        "model=m hf_path=m tp=2 dp=1 pp=1 ep=1 max_num_seqs=4 engine=vLLM --");
    row("spaces behind the backslash", "vllm serve m\\  \n-tp 2",
        "model=m hf_path=m tp=2 dp=1 pp=1 ep=1 engine=vLLM --");
    row("continued lines of Windows", "vllm serve m \\\r\n  -tp 2 \\\r\n  -dp 2\r\n",
        "model=m hf_path=m tp=2 dp=2 pp=1 ep=1 engine=vLLM --");
    row("continued lines of a terminal", "$ vllm serve m \\\n> -tp 2 \\\n> -dp 2",
        "model=m hf_path=m tp=2 dp=2 pp=1 ep=1 engine=vLLM --");
    row("continued lines of PowerShell", "vllm serve m `\n  -tp 2",
        "model=m hf_path=m tp=2 dp=1 pp=1 ep=1 engine=vLLM --");
    row("redirections", "vllm serve m -tp 2 > out.log 2>&1 < /dev/null &",
        "model=m hf_path=m tp=2 dp=1 pp=1 ep=1 engine=vLLM --");
    row("redirections before the end", "vllm serve m 2>err -tp 2 &>all >(tee x) 2>&- -dp 2",
        "model=m hf_path=m tp=2 dp=2 pp=1 ep=1 engine=vLLM --");
    row("pipe", "vllm serve m -tp 2|tee --tp 9 log;echo -tp 4",
        "model=m hf_path=m tp=2 dp=1 pp=1 ep=1 engine=vLLM --");
    row("pieces of a word", "vllm serve 'or'\"g/\"m\\ 1 --tp\"=2\" --served-model-name ''",
        "hf_path=org/m 1 tp=2 dp=1 pp=1 ep=1 engine=vLLM -- --served-model-name");
    row("fences", "```bash\nvllm serve m -tp 2\n```", "model=m hf_path=m tp=2 dp=1 pp=1 ep=1 engine=vLLM --");
    row("backticks", "`vllm serve m -tp 2`", "model=m hf_path=m tp=2 dp=1 pp=1 ep=1 engine=vLLM --");
    row("what a text processor made of it", "\xef\xbb\xbfvllm serve m\xc2\xa0\xe2\x80\x94max-num-seqs 4",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 max_num_seqs=4 engine=vLLM --");

    // What stands around the server.
    row("environment", "VLLM_USE_V1=1 VLLM_ATTENTION_BACKEND=FLASHINFER vllm serve m",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 engine=vLLM backend=FLASHINFER -- VLLM_USE_V1");
    row("option before environment",
        "env VLLM_ATTENTION_BACKEND=$B nohup numactl -N 0 vllm serve m --attention-backend X",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 engine=vLLM backend=X -- VLLM_ATTENTION_BACKEND");
    row("script",
        "#!/bin/bash\nset -e\nexport VLLM_ATTENTION_BACKEND=TRITON_MLA\ncd /w && source bin/activate\n"
        "echo \"vllm serve\" vllm serve z\nif true; then\n  exec /opt/bin/vllm serve m -tp 4\nfi\nwait\n",
        "model=m hf_path=m tp=4 dp=1 pp=1 ep=1 engine=vLLM backend=TRITON_MLA --");
    row("here-document", "cat > run.sh <<'EOF'\nvllm serve m -tp 4\nEOF\nbash run.sh",
        "model=m hf_path=m tp=4 dp=1 pp=1 ep=1 engine=vLLM --");
    row("command in a variable", "CMD=\"vllm serve m -tp 2\"\nCMD=\"$CMD -dp 2\"\n$CMD",
        "model=m hf_path=m tp=2 engine=vLLM --");
    row("command in an array", "CMD=(\n  vllm serve m\n  -tp 2\n)\nCMD+=(-dp 2)",
        "model=m hf_path=m tp=2 engine=vLLM --");
    row("module", "CUDA_VISIBLE_DEVICES=0 python3 -m vllm.entrypoints.openai.api_server --model m word -tp 2",
        "model=m hf_path=m tp=2 dp=1 pp=1 ep=1 engine=vLLM -- CUDA_VISIBLE_DEVICES");
    row("profiler", "nsys profile -t cuda,nvtx -o out --capture-range=cudaProfilerApi vllm serve m -tp 2",
        "model=m hf_path=m tp=2 dp=1 pp=1 ep=1 engine=vLLM --");
    row("pod", "kubectl exec -it pod-0 -c main -- bash -lc \"cd /w; A=1 vllm serve m -tp '2'\"",
        "model=m hf_path=m tp=2 dp=1 pp=1 ep=1 engine=vLLM -- A");
    row("quotes in quotes", "ssh host 'bash -c \"vllm serve m --served-model-name \\\"a b\\\" -tp $TP\"'",
        "model=a b hf_path=m dp=1 pp=1 ep=1 engine=vLLM -- -tp");
    row("unit", "ExecStart=/usr/local/bin/vllm serve m -tp 2",
        "model=m hf_path=m tp=2 dp=1 pp=1 ep=1 engine=vLLM --");
    row("container", longCommand,
        "model=glm hf_path=org/GLM tp=8 dp=1 pp=1 ep=1 max_model_len=8000 cudagraph_mode=FULL "
        "prefix_caching=no image=vllm/vllm-openai:v0.11.0 engine=vLLM engine_version=0.11.0 "
        "backend=FLASHINFER K=3 -- --compilation-config.pass_config --speculative-config.method HF_TOKEN");
    row("container with a command",
        "docker run -d --name vllm -p8000:8000 rocm/vllm:latest bash -c 'vllm serve m -tp 2'",
        "model=m hf_path=m tp=2 dp=1 pp=1 ep=1 image=rocm/vllm:latest engine=vLLM --");
    row("container with an entry point",
        "podman run --entrypoint vllm -e A=b host:5000/x/vllm-openai:v0.8.5.post1-arm@sha256:12 serve m",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 image=host:5000/x/vllm-openai:v0.8.5.post1-arm@sha256:12 "
        "engine=vLLM engine_version=0.8.5.post1 -- A");
    row("container of an own version", "docker run org/our-vllm:v2.1.0 --model m",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 image=org/our-vllm:v2.1.0 engine=vLLM --");
    row("container by variable", "docker run --rm $IMAGE vllm serve m",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 engine=vLLM -- $IMAGE");
    row("Slurm", "srun --container-image=nvcr.io/nvidia/vllm:25.09-py3 -N 1 vllm serve m",
        "model=m hf_path=m tp=1 dp=1 pp=1 ep=1 image=nvcr.io/nvidia/vllm:25.09-py3 engine=vLLM --");

    // SGLang: dp and ep depend on the model and the transport.
    row("SGLang", "python -m sglang.launch_server --model-path org/m --tp 8",
        "model=org/m hf_path=org/m tp=8 pp=1 engine=SGLang --");
    row("SGLang's fields",
        "python3 -m sglang.launch_server --model-path m --served-model-name n --tp-size 8 --dp-size 8 --ep 8 "
        "--enable-dp-attention --max-running-requests 64 --context-length 32K --mem-fraction-static 0.85 "
        "--chunked-prefill-size 8192 --attention-backend trtllm_mla --kv-cache-dtype fp8_e4m3 "
        "--quantization modelopt_fp4 --disable-radix-cache --disable-overlap-schedule --disable-cuda-graph",
        "model=n hf_path=m quantisation=modelopt_fp4 kv_cache_dtype=fp8_e4m3 tp=8 dp=8 pp=1 ep=8 "
        "max_num_seqs=64 max_model_len=32768 cudagraph_mode=NONE async_scheduling=no prefix_caching=no "
        "engine=SGLang backend=trtllm_mla -- --chunked-prefill-size --enable-dp-attention "
        "--mem-fraction-static");
    row("SGLang's drafts",
        "sglang serve --model m --speculative-algorithm EAGLE --speculative-num-steps 3 "
        "--speculative-eagle-topk 1 --speculative-num-draft-tokens 4",
        "model=m hf_path=m tp=1 pp=1 engine=SGLang K=3 -- --speculative-algorithm");
    row("SGLang's draft tree",
        "sglang serve --model m --speculative-algo EAGLE3 --speculative-num-steps 3 "
        "--speculative-eagle-topk 4 --speculative-num-draft-tokens 16",
        "model=m hf_path=m tp=1 pp=1 engine=SGLang K=15 -- --speculative-algorithm");
    row("SGLang's unknown drafts",
        "sglang serve --model m --speculative-algorithm EAGLE --speculative-num-steps 3",
        "model=m hf_path=m tp=1 pp=1 engine=SGLang -- --speculative-algorithm --speculative-num-steps");
    row("SGLang's container",
        "docker run --gpus all --shm-size 32g -p 30000:30000 --ipc=host lmsysorg/sglang:v0.5.3-cu129 "
        "python3 -m sglang.launch_server --model-path m --prefill-attention-backend fa3 "
        "--decode-attention-backend flashmla --attention-backend fa3",
        "model=m hf_path=m tp=1 pp=1 image=lmsysorg/sglang:v0.5.3-cu129 engine=SGLang engine_version=0.5.3 "
        "backend=flashmla -- --prefill-attention-backend");
    row("no vLLM options for SGLang", "sglang serve --model m --max-model-len 8 --enforce-eager",
        "model=m hf_path=m tp=1 pp=1 engine=SGLang -- --enforce-eager --max-model-len");
}

void TestServerCommand::understands()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(summary(text.toStdString()), expected);
}

void TestServerCommand::keepsTheText()
{
    QCOMPARE(textOf("\n  vllm serve m \\\r\n  -tp 2 # two\n\n"),
             QByteArray("vllm serve m \\\r\n  -tp 2 # two"));
    const QByteArray text = "vllm serve org/m --max-num-batched-tokens 8192 --tokenizer t "
                            "--long-prefill-token-threshold 4 --ssl-keyfile k.pem --url http://host:80/a@b";
    QCOMPARE(textOf(text.toStdString()), text);
}

void TestServerCommand::keepsNoSecrets_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* text, const char* expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    row("option", "vllm serve m --api-key S3cret -tp 2", "vllm serve m --api-key … -tp 2");
    row("option=", "vllm serve m --api_key=S3cret", "vllm serve m --api_key=…");
    row("slash", "vllm serve m --api-key=/S3cret=", "vllm serve m --api-key=…");
    row("several", "vllm serve m --api-key S3cret1 'S3cret 2' -tp 2", "vllm serve m --api-key … '…' -tp 2");
    row("continued", "vllm serve m --hf-token \\\n  S3cret \\\n  -tp 2",
        "vllm serve m --hf-token \\\n  … \\\n  -tp 2");
    row("without value", "vllm serve m --hf-token -tp 2", "vllm serve m --hf-token -tp 2");
    row("quotes", "vllm serve m --api-key \"S3\\\"cret\" -tp 2", "vllm serve m --api-key \"…\" -tp 2");
    row("pieces", "vllm serve m --api-key=S3\"cret S3cret\"S3cret -tp 2", "vllm serve m --api-key=… -tp 2");
    row("variable", "HF_TOKEN=S3cret WANDB_API_KEY='S3cret' vllm serve m",
        "HF_TOKEN=… WANDB_API_KEY='…' vllm serve m");
    row("default of a variable", "HF_TOKEN=${HF_TOKEN:-S3cret} vllm serve m", "HF_TOKEN=… vllm serve m");
    row("output of a command", "vllm serve m --api-key $(cat ~/S3cret (1)) -tp 2",
        "vllm serve m --api-key … -tp 2");
    row("backticks", "vllm serve m --api-key `cat ~/S3cret` -tp 2", "vllm serve m --api-key … -tp 2");
    row("quotes in quotes", "bash -c \"HF_TOKEN=S3cret vllm serve m --api-key \\\"S3cret\\\"\"",
        "bash -c \"HF_TOKEN=… vllm serve m --api-key \\\"…\\\"\"");
    row("last in quotes", "bash -c 'vllm serve m --api-key S3cret' x",
        "bash -c 'vllm serve m --api-key …' x");
    row("JSON", "vllm serve m --kv-transfer-config '{\"api_key\": \"S3cret\", \"port\": 1}'",
        "vllm serve m --kv-transfer-config '{\"api_key\": \"…\", \"port\": 1}'");
    row("address", "HTTPS_PROXY=http://user:S3cret@proxy:80 vllm serve m",
        "HTTPS_PROXY=http://…@proxy:80 vllm serve m");
    row("header", "curl -H 'Authorization: Bearer S3cret' x; vllm serve m",
        "curl -H 'Authorization: Bearer …' x; vllm serve m");
    row("token alone", "login hf_S3cretS3cretS3cretS3 && vllm serve m", "login … && vllm serve m");
}

void TestServerCommand::keepsNoSecrets()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(textOf(text.toStdString()), expected);
    QVERIFY(!summary(text.toStdString()).contains("S3"));
    QCOMPARE(summary(expected.toStdString()), summary(text.toStdString())); // what is kept is read alike
}

void TestServerCommand::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const QByteArray& text, const char* expected) {
        QTest::newRow(name) << text << QByteArray(expected);
    };
    row("empty", "", "it is empty");
    row("blank", " \r\n\t", "it is empty");
    row("another program", "python train.py --tp 8", "neither vllm serve nor sglang.launch_server");
    row("a benchmark", "vllm bench serve --model m", "neither vllm serve nor");
    row("only spoken of", "echo vllm serve m", "neither vllm serve nor");
    row("a shell in the image", "docker run -it vllm/vllm-openai:v0.11.0 bash", "neither vllm serve nor");
    row("single quote", "vllm serve m --served-model-name 'x", "its quote (') is not closed");
    row("double quote", "vllm serve m --served-model-name \"x", "its quote (\") is not closed");
    row("backtick", "vllm serve m --served-model-name `x", "its quote (`) is not closed");
    row("parenthesis", "vllm serve $(cat x", "its parenthesis is not closed");
    row("nul", QByteArray("vllm serve m\0", 13), "bytes that are no text");
    row("escape", "vllm serve \x1b[31mm", "bytes that are no text");
    row("no UTF-8", "vllm serve \xff\xfe", "bytes that are no text");
    row("two servers", "vllm serve a &\nvllm serve b &", "it starts several servers");
    row("many words", "vllm serve" + QByteArray(" x").repeated(100'000), "more than 20000 words");
    row("a million words", "vllm serve" + QByteArray(" x").repeated(1'000'000), "larger than 1 MiB");
}

void TestServerCommand::saysWhatIsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const Result<ServerCommand> command = parseServerCommand(text.toStdString());
    QVERIFY(!command);
    QVERIFY(command.error().code == ErrorCode::NotAServerCommand);
    const QByteArray detail = QByteArray::fromStdString(command.error().detail);
    QVERIFY2(detail.contains(expected), detail);
    QVERIFY2(detail.contains("paste the "), detail);
}

void TestServerCommand::readsFiles()
{
    QTemporaryDir folder;
    const auto path = [&](const char* name) { return folder.filePath(QLatin1String(name)).toStdString(); };
    const auto write = [&](const char* name, const QByteArray& bytes) {
        QFile file(QString::fromStdString(path(name)));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    QVERIFY(write("run.sh", longCommand));
    const Result<ServerCommand> command = readServerCommand(path("run.sh"));
    QVERIFY(command);
    QVERIFY(*command == *parseServerCommand(longCommand));
    QVERIFY(write("large.sh", QByteArray((1 << 20) + 1, ' ')));
    QVERIFY(readServerCommand(path("large.sh")).error().code == ErrorCode::NotAServerCommand);
    QVERIFY(write("empty.sh", ""));
    QVERIFY(readServerCommand(path("empty.sh")).error().code == ErrorCode::EmptyFile);
    QVERIFY(readServerCommand(path("none.sh")).error().code == ErrorCode::FileNotFound);
    QVERIFY(readServerCommand(folder.path().toStdString()).error().code == ErrorCode::IsDirectory);
}

void TestServerCommand::largeInputsAreAnsweredSoon()
{
    constexpr qint64 soon = 5'000; // far above what it takes, far below anything quadratic
    const std::vector<QByteArray> texts = {
        QByteArray("vllm ").repeated(200'000),
        QByteArray("A=vllm 'vllm x' ").repeated(9'000),
        QByteArray("export A=b\n").repeated(9'000) + QByteArray("vllm serve x\n").repeated(3'000),
        QByteArray("\"").repeated(1'000'000),
        QByteArray("'vllm ").repeated(150'000),
        QByteArray("$(").repeated(500'000),
        QByteArray("${").repeated(500'000),
        QByteArray("--api-key \\\n").repeated(80'000),
        QByteArray("key=\"").repeated(200'000),
        QByteArray("://").repeated(300'000),
        "vllm serve m --compilation-config '" + QByteArray("[").repeated(1'000'000) + "'",
        "vllm serve m --compilation-config '" + QByteArray("{\"a\":").repeated(200'000) + "'",
    };
    for (const QByteArray& text : texts) {
        QElapsedTimer timer;
        timer.start();
        summary(text.toStdString());
        QVERIFY2(timer.elapsed() < soon, text.left(40));
    }
}

void TestServerCommand::anyBytesAreAnswered()
{
    // Commands with bytes changed, cut or doubled: a command or a fault, and never a value that is none.
    std::mt19937 random(7);
    const auto pick = [&random](std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
    };
    constexpr std::string_view shellBytes = "'\"\\$`(){}<>|&;=#\n -.O";
    int understood = 0;
    for (int round = 0; round < 3'000; ++round) {
        std::string text =
            round % 2 == 0 ? longCommand
                           : "A=b bash -c \"python -m sglang.launch_server --model-path m --tp 8 $X\" | tee";
        for (std::size_t change = pick(4) + 1; change > 0; --change) {
            const std::size_t at = pick(text.size());
            switch (pick(4)) {
            case 0:
                text = text.substr(0, at + 1);
                break;
            case 1:
                text += text.substr(at);
                break;
            case 2:
                text[at] = static_cast<char>(pick(256));
                break;
            default:
                text.insert(at, 1, shellBytes[pick(shellBytes.size())]);
            }
        }
        const Result<ServerCommand> command = parseServerCommand(text);
        QVERIFY(command ? !command->values.empty() : !command.error().detail.empty());
        if (!command)
            continue;
        ++understood;
        QVERIFY(command->speculativeTokens.value_or(1) > 0);
        QVERIFY(std::is_sorted(command->ignored.begin(), command->ignored.end()));
        for (const ContextValue& each : command->values)
            QVERIFY(!each.value.empty() && !each.key.empty());
    }
    QVERIFY(understood > 500);
}

QTEST_APPLESS_MAIN(TestServerCommand)
#include "tst_servercommand.moc"
