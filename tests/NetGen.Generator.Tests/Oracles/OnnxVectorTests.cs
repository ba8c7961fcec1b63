using Google.Protobuf;
using Xunit;

namespace NetGen.Generator.Tests.Oracles;

/// <summary>
/// Law 1c: the reference meaning of the operations against ONNX's published operator vectors, whose expected numbers are NumPy's ("node")
/// or PyTorch's ("pytorch-*"). What is compared with the reference elsewhere, kernels and gradients, rests on this.
/// </summary>
public sealed class OnnxVectorTests
{
    /// <summary>The Debian package libonnx-testdata.</summary>
    private const string Data = "/usr/share/libonnx-testdata/data";

    private static readonly (string Suite, string Names)[] Vectors =
    [
        ("node",
            """
            abs adagrad adagrad_multiple adam add add_bcast averagepool_1d_default averagepool_2d_ceil
            averagepool_2d_default averagepool_2d_pads averagepool_2d_pads_count_include_pad
            averagepool_2d_precomputed_pads averagepool_2d_precomputed_pads_count_include_pad
            averagepool_2d_precomputed_same_upper averagepool_2d_precomputed_strides averagepool_2d_same_lower
            averagepool_2d_same_upper averagepool_2d_strides basic_conv_with_padding basic_conv_without_padding
            batchnorm_epsilon batchnorm_epsilon_training_mode batchnorm_example batchnorm_example_training_mode ceil
            ceil_example celu clip clip_default_inbounds clip_default_max clip_default_min clip_example clip_inbounds
            clip_outbounds clip_splitbounds concat_1d_axis_0 concat_1d_axis_negative_1 concat_2d_axis_0 concat_2d_axis_1
            concat_2d_axis_negative_1 concat_2d_axis_negative_2 concat_3d_axis_0 concat_3d_axis_1 concat_3d_axis_2
            concat_3d_axis_negative_1 concat_3d_axis_negative_2 concat_3d_axis_negative_3 constant_pad
            conv_with_autopad_same conv_with_strides_and_asymmetric_padding conv_with_strides_no_padding
            conv_with_strides_padding convtranspose convtranspose_1d convtranspose_autopad_same convtranspose_dilations
            convtranspose_kernel_shape convtranspose_output_shape convtranspose_pad convtranspose_pads
            convtranspose_with_kernel depthtospace_crd_mode depthtospace_crd_mode_example div div_bcast div_example elu
            elu_default elu_example equal equal_bcast erf exp exp_example expand_dim_changed expand_dim_unchanged
            flatten_axis0 flatten_axis1 flatten_axis2 flatten_axis3 flatten_default_axis flatten_negative_axis1
            flatten_negative_axis2 flatten_negative_axis3 flatten_negative_axis4 floor floor_example gather_0 gather_1
            gather_2d_indices gather_negative_indices gemm_all_attributes gemm_alpha gemm_beta gemm_default_no_bias
            gemm_default_scalar_bias gemm_default_single_elem_vector_bias gemm_default_vector_bias gemm_default_zero_bias
            gemm_transposeA gemm_transposeB globalaveragepool globalaveragepool_precomputed globalmaxpool
            globalmaxpool_precomputed greater greater_bcast greater_equal greater_equal_bcast hardsigmoid
            hardsigmoid_default hardsigmoid_example hardswish identity instancenorm_epsilon instancenorm_example
            layer_normalization_2d_axis0 layer_normalization_2d_axis1 layer_normalization_2d_axis_negative_1
            layer_normalization_2d_axis_negative_2 layer_normalization_3d_axis0_epsilon
            layer_normalization_3d_axis1_epsilon layer_normalization_3d_axis2_epsilon
            layer_normalization_3d_axis_negative_1_epsilon layer_normalization_3d_axis_negative_2_epsilon
            layer_normalization_3d_axis_negative_3_epsilon layer_normalization_4d_axis0 layer_normalization_4d_axis1
            layer_normalization_4d_axis2 layer_normalization_4d_axis3 layer_normalization_4d_axis_negative_1
            layer_normalization_4d_axis_negative_2 layer_normalization_4d_axis_negative_3
            layer_normalization_4d_axis_negative_4 layer_normalization_default_axis leakyrelu leakyrelu_default
            leakyrelu_example less less_bcast less_equal less_equal_bcast log log_example logsoftmax_axis_2
            logsoftmax_default_axis logsoftmax_example_1 logsoftmax_large_number logsoftmax_negative_axis matmul_2d
            matmul_3d matmul_4d max_example max_float32 max_one_input max_two_inputs maxpool_1d_default maxpool_2d_ceil
            maxpool_2d_default maxpool_2d_pads maxpool_2d_precomputed_pads maxpool_2d_precomputed_same_upper
            maxpool_2d_precomputed_strides maxpool_2d_same_lower maxpool_2d_same_upper maxpool_2d_strides mean_example
            mean_one_input mean_two_inputs min_example min_float32 min_one_input min_two_inputs momentum momentum_multiple
            mul mul_bcast mul_example mvn neg neg_example nesterov_momentum nllloss_NC nllloss_NCd1 nllloss_NCd1_ii
            nllloss_NCd1_mean_weight_negative_ii nllloss_NCd1_weight nllloss_NCd1_weight_ii nllloss_NCd1d2
            nllloss_NCd1d2_no_weight_reduction_mean_ii nllloss_NCd1d2_reduction_mean nllloss_NCd1d2_reduction_sum
            nllloss_NCd1d2_with_weight nllloss_NCd1d2_with_weight_reduction_mean nllloss_NCd1d2_with_weight_reduction_sum
            nllloss_NCd1d2_with_weight_reduction_sum_ii nllloss_NCd1d2d3_none_no_weight_negative_ii
            nllloss_NCd1d2d3_sum_weight_high_ii nllloss_NCd1d2d3d4d5_mean_weight nllloss_NCd1d2d3d4d5_none_no_weight
            onehot_negative_indices onehot_with_axis onehot_with_negative_axis pow pow_bcast_array pow_bcast_scalar
            pow_example pow_types_float32_int32 pow_types_float32_int64 pow_types_int prelu_broadcast prelu_example
            reciprocal reciprocal_example reduce_l1_default_axes_keepdims_example reduce_l1_default_axes_keepdims_random
            reduce_l1_do_not_keepdims_example reduce_l1_do_not_keepdims_random reduce_l1_keep_dims_example
            reduce_l1_keep_dims_random reduce_l1_negative_axes_keep_dims_example reduce_l1_negative_axes_keep_dims_random
            reduce_l2_default_axes_keepdims_example reduce_l2_default_axes_keepdims_random
            reduce_l2_do_not_keepdims_example reduce_l2_do_not_keepdims_random reduce_l2_keep_dims_example
            reduce_l2_keep_dims_random reduce_l2_negative_axes_keep_dims_example reduce_l2_negative_axes_keep_dims_random
            reduce_log_sum reduce_log_sum_asc_axes reduce_log_sum_default reduce_log_sum_desc_axes
            reduce_log_sum_negative_axes reduce_max_default_axes_keepdim_example reduce_max_default_axes_keepdims_random
            reduce_max_do_not_keepdims_example reduce_max_do_not_keepdims_random reduce_max_keepdims_example
            reduce_max_keepdims_random reduce_max_negative_axes_keepdims_example reduce_max_negative_axes_keepdims_random
            reduce_mean_default_axes_keepdims_example reduce_mean_default_axes_keepdims_random
            reduce_mean_do_not_keepdims_example reduce_mean_do_not_keepdims_random reduce_mean_keepdims_example
            reduce_mean_keepdims_random reduce_mean_negative_axes_keepdims_example
            reduce_mean_negative_axes_keepdims_random reduce_min_default_axes_keepdims_example
            reduce_min_default_axes_keepdims_random reduce_min_do_not_keepdims_example reduce_min_do_not_keepdims_random
            reduce_min_keepdims_example reduce_min_keepdims_random reduce_min_negative_axes_keepdims_example
            reduce_min_negative_axes_keepdims_random reduce_prod_default_axes_keepdims_example
            reduce_prod_default_axes_keepdims_random reduce_prod_do_not_keepdims_example
            reduce_prod_do_not_keepdims_random reduce_prod_keepdims_example reduce_prod_keepdims_random
            reduce_prod_negative_axes_keepdims_example reduce_prod_negative_axes_keepdims_random
            reduce_sum_default_axes_keepdims_example reduce_sum_default_axes_keepdims_random
            reduce_sum_do_not_keepdims_example reduce_sum_do_not_keepdims_random reduce_sum_empty_axes_input_noop_example
            reduce_sum_empty_axes_input_noop_random reduce_sum_keepdims_example reduce_sum_keepdims_random
            reduce_sum_negative_axes_keepdims_example reduce_sum_negative_axes_keepdims_random
            reduce_sum_square_default_axes_keepdims_example reduce_sum_square_default_axes_keepdims_random
            reduce_sum_square_do_not_keepdims_example reduce_sum_square_do_not_keepdims_random
            reduce_sum_square_keepdims_example reduce_sum_square_keepdims_random
            reduce_sum_square_negative_axes_keepdims_example reduce_sum_square_negative_axes_keepdims_random relu
            reshape_extended_dims reshape_negative_dim reshape_negative_extended_dims reshape_one_dim reshape_reduced_dims
            reshape_reordered_all_dims reshape_reordered_last_dims reshape_zero_and_negative_dim reshape_zero_dim
            resize_upsample_scales_linear resize_upsample_scales_linear_align_corners resize_upsample_scales_nearest round
            sce_NCd1_mean_weight_negative_ii sce_NCd1_mean_weight_negative_ii_log_prob
            sce_NCd1d2d3_none_no_weight_negative_ii sce_NCd1d2d3_none_no_weight_negative_ii_log_prob
            sce_NCd1d2d3_sum_weight_high_ii sce_NCd1d2d3_sum_weight_high_ii_log_prob sce_NCd1d2d3d4d5_mean_weight
            sce_NCd1d2d3d4d5_mean_weight_log_prob sce_NCd1d2d3d4d5_none_no_weight sce_NCd1d2d3d4d5_none_no_weight_log_prob
            sce_mean sce_mean_3d sce_mean_3d_log_prob sce_mean_log_prob sce_mean_no_weight_ii sce_mean_no_weight_ii_3d
            sce_mean_no_weight_ii_3d_log_prob sce_mean_no_weight_ii_4d sce_mean_no_weight_ii_4d_log_prob
            sce_mean_no_weight_ii_log_prob sce_mean_weight sce_mean_weight_ii sce_mean_weight_ii_3d
            sce_mean_weight_ii_3d_log_prob sce_mean_weight_ii_4d sce_mean_weight_ii_4d_log_prob
            sce_mean_weight_ii_log_prob sce_mean_weight_log_prob sce_none sce_none_log_prob sce_none_weights
            sce_none_weights_log_prob sce_sum sce_sum_log_prob selu selu_default selu_example shrink_hard shrink_soft
            sigmoid sigmoid_example sign slice slice_default_axes slice_default_steps slice_end_out_of_bounds slice_neg
            slice_negative_axes softmax_axis_2 softmax_default_axis softmax_example softmax_large_number
            softmax_negative_axis softplus softplus_example softsign softsign_example split_equal_parts_1d
            split_equal_parts_2d split_equal_parts_default_axis split_variable_parts_1d split_variable_parts_2d
            split_variable_parts_default_axis sqrt sqrt_example squeeze squeeze_negative_axes sub sub_bcast sub_example
            sum_example sum_one_input sum_two_inputs tanh tanh_example thresholdedrelu thresholdedrelu_default
            thresholdedrelu_example tile tile_precomputed transpose_all_permutations_0 transpose_all_permutations_1
            transpose_all_permutations_2 transpose_all_permutations_3 transpose_all_permutations_4
            transpose_all_permutations_5 transpose_default unsqueeze_axis_0 unsqueeze_axis_1 unsqueeze_axis_2
            unsqueeze_axis_3 unsqueeze_negative_axes unsqueeze_three_axes unsqueeze_two_axes unsqueeze_unsorted_axes
            upsample_nearest where_example
            argmax_default_axis_example argmax_default_axis_random argmax_keepdims_example argmax_keepdims_random
            argmax_negative_axis_keepdims_example argmax_negative_axis_keepdims_random argmax_no_keepdims_example
            argmax_no_keepdims_random argmin_default_axis_example argmin_default_axis_random
            argmin_keepdims_example argmin_keepdims_random argmin_negative_axis_keepdims_example
            argmin_negative_axis_keepdims_random argmin_no_keepdims_example argmin_no_keepdims_random cos
            cos_example einsum_batch_matmul einsum_inner_prod einsum_sum einsum_transpose gather_elements_0
            gather_elements_1 gather_elements_negative_indices sin sin_example tan tan_example top_k
            top_k_negative_axis top_k_smallest
            """),
        ("pytorch-converted",
            """
            AvgPool1d AvgPool1d_stride AvgPool2d AvgPool2d_stride BatchNorm1d_3d_input_eval BatchNorm2d_eval
            BatchNorm2d_momentum_eval ConstantPad2d Conv1d Conv1d_dilated Conv1d_groups Conv1d_pad1 Conv1d_pad1size1
            Conv1d_pad2 Conv1d_pad2size1 Conv1d_stride Conv2d Conv2d_depthwise Conv2d_depthwise_padded
            Conv2d_depthwise_strided Conv2d_depthwise_with_multiplier Conv2d_dilated Conv2d_groups Conv2d_groups_thnn
            Conv2d_no_bias Conv2d_padding Conv2d_strided ConvTranspose2d ConvTranspose2d_no_bias ELU Embedding
            Embedding_sparse GLU GLU_dim LeakyReLU LeakyReLU_with_negval Linear Linear_no_bias LogSoftmax MaxPool1d
            MaxPool1d_stride MaxPool2d PReLU_1d PReLU_1d_multiparam PReLU_2d PReLU_2d_multiparam PReLU_3d
            PReLU_3d_multiparam PixelShuffle PoissonNLLLLoss_no_reduce ReLU ReflectionPad2d ReplicationPad2d SELU Sigmoid
            Softmax Softmin Softplus Softsign Tanh ZeroPad2d log_softmax_dim3 log_softmax_lastdim softmax_functional_dim3
            softmax_lastdim
            """),
        ("pytorch-operator",
            """
            operator_add_broadcast operator_add_size1_broadcast operator_add_size1_right_broadcast
            operator_add_size1_singleton_broadcast operator_addconstant operator_basic operator_chunk operator_clip
            operator_concat2 operator_conv operator_convtranspose operator_exp operator_flatten operator_index
            operator_max operator_maxpool operator_min operator_mm operator_non_float_params operator_pad operator_params
            operator_permute2 operator_pow operator_reduced_mean operator_reduced_mean_keepdim operator_reduced_sum
            operator_reduced_sum_keepdim operator_repeat operator_repeat_dim_overflow operator_selu operator_sqrt
            operator_symbolic_override operator_symbolic_override_nested operator_view
            """),
    ];

    public static TheoryData<string> Names =>
        [.. Vectors.SelectMany(v => v.Names.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(name => $"{v.Suite}/{name}"))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees(string vector)
    {
        SkipWithoutData();
        var folder = Path.Combine(Data, vector.Replace("/", "/test_", StringComparison.Ordinal));
        var model = OnnxModel.Read(Path.Combine(folder, "model.onnx"));
        var sets = Directory.GetDirectories(folder, "test_data_set_*");
        Assert.NotEmpty(sets);
        foreach (var set in sets)
        {
            var values = Run(model, set);
            for (var i = 0; i < model.Outputs.Count; i++)
                Close(Tensor(set, $"output_{i}.pb"), values[model.Outputs[i]]);
        }
    }

    /// <summary>A new operation brings its vectors: none that can be checked is left out of the list.</summary>
    [Fact]
    public void All_vectors_of_the_known_operators_are_checked()
    {
        SkipWithoutData();
        var known = Vectors.Select(v => v.Suite).SelectMany(suite => Directory.GetDirectories(Path.Combine(Data, suite)).Select(folder => (suite, folder)))
            // The expanded ones are the same vectors with the operator written out in smaller ones.
            .Where(f => !f.folder.EndsWith("_expanded", StringComparison.Ordinal) && CanRun(f.folder))
            .Select(f => f.suite + "/" + Path.GetFileName(f.folder)["test_".Length..]);
        var missing = known.Except(Names.Select(n => n.Data)).ToArray();
        Assert.True(missing.Length == 0, string.Join(" ", missing));
    }

    private static void SkipWithoutData() => Assert.SkipUnless(
        Directory.Exists(Data), $"ONNX's operator vectors are not installed ({Data}; Debian package libonnx-testdata).");

    private static bool CanRun(string folder)
    {
        var model = OnnxModel.Read(Path.Combine(folder, "model.onnx"));
        if (model.Nodes.All(n => n.Operator == "Constant") || model.Nodes.Any(n => !OnnxOperators.Knows(n.Operator)))
            return false;
        try
        {
            var set = Path.Combine(folder, "test_data_set_0");
            Run(model, set);
            // Vectors of the same operators in other types are for other compilers.
            return Enumerable.Range(0, model.Outputs.Count).All(i => Tensor(set, $"output_{i}.pb").IsFloat);
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    private static Dictionary<string, OnnxTensor> Run(OnnxModel model, string set)
    {
        var values = model.Weights.ToDictionary(w => w.Name);
        for (var i = 0; i < model.Inputs.Count; i++)
            values[model.Inputs[i]] = Tensor(set, $"input_{i}.pb");
        foreach (var node in model.Nodes)
        {
            var results = OnnxOperators.Run(
                node, [.. node.Inputs.Select(name => name.Length == 0 ? OnnxTensor.None : values[name])], model.Opset);
            foreach (var (name, result) in node.Outputs.Zip(results))
                values[name] = result;
        }
        return values;
    }

    private static OnnxTensor Tensor(string set, string file) => OnnxTensor.Read(new CodedInputStream(File.ReadAllBytes(Path.Combine(set, file))));

    /// <summary>The expected numbers were computed in float: a relative error, and for sums that cancel one of the largest number.</summary>
    private static void Close(OnnxTensor expected, OnnxTensor actual)
    {
        Assert.Equal(expected.Dims, actual.Dims);
        Assert.Equal(expected.Values.Length, actual.Values.Length);
        var largest = expected.Values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        for (var i = 0; i < expected.Values.Length; i++)
        {
            var (e, a) = (expected.Values[i], actual.Values[i]);
            Assert.True(
                e.Equals(a) || Math.Abs(e - a) <= (1e-6 * Math.Abs(e)) + (1e-6 * largest), $"[{i}]: expected {e}, the reference says {a}");
        }
    }
}
